# A published report as a draft: its texts, without the tables. A line that does not end a sentence
# goes on in the next one that is not empty, as in copies of PDF files.
function close_text() {
    if (line != "") print "  " line
    line = ""
}
function open_text(address) {
    close_text()
    print address ": |2"
    text = address
}
BEGIN {
    print "nianbao: 1\nform: \"" form "\"\nunit: " unit "\nyear: " year
    text = ""
}
{ gsub(/\r/, ""); gsub(/^[ \t　]+|[ \t]+$/, "") }
/^本年度报告(根据|依据)/ && text == "" { open_text("preamble") }
/^一、/ && text == "preamble" {
    open_text(form == "2014" ? "narrative" : "overview")
    if (form != "2014") next
}
form != "2014" && (/^二、/ || /^主动公开政府信息情况$/) { close_text(); text = "table" }
form != "2014" && /^五、/ { open_text("problems"); next }
form != "2014" && /^六、/ { open_text("other"); next }
/^附表：/ || /人民政府办公室$/ { close_text(); text = "end" }
text == "" || text == "table" || text == "end" || $0 == "" { next }
{
    if (line != "" && (line ~ /(。|；|：|）|”)$/ || length(line) < 25 * 3)) close_text()
    line = line $0
}
END { close_text() }
