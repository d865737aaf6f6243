/* The floor of every process: nothing. */
int main(void)
{
    return 0;
}
