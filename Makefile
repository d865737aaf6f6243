# nianbao. `make help` lists the targets.
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
BUILD ?= build
CFLAGS ?= -O3 -g -flto=auto
SANITIZE ?=

WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Werror
NB_CPPFLAGS = -D_GNU_SOURCE -Iinclude -Isrc -isystem /usr/include/libxml2 $(CPPFLAGS)
NB_CFLAGS = -std=c17 $(WARNINGS) $(SANITIZE) $(CFLAGS)
# linked statically: a third of the time of a short command went into loading them
LIB_LIBS = -Wl,-Bstatic -lyaml -lunistring -lmd -Wl,-Bdynamic
LIBS = $(LIB_LIBS) -Wl,-Bstatic -ljansson -lncursesw -ltinfo -Wl,-Bdynamic

LIB_SOURCES = $(wildcard src/base/*.c src/text/*.c src/form/*.c src/prose/*.c src/draft/*.c src/compare/*.c src/check/*.c \
    src/report/*.c src/import/*.c)
CLI_SOURCES = $(wildcard src/cli/*.c)
TUI_SOURCES = $(wildcard src/tui/*.c)
FORMS = $(wildcard forms/*.yaml)
LIB_OBJECTS = $(LIB_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/builtin.o
CLI_OBJECTS = $(CLI_SOURCES:%.c=$(BUILD)/%.o)
TUI_OBJECTS = $(TUI_SOURCES:%.c=$(BUILD)/%.o)

.PHONY: all
all: $(BUILD)/nianbao ## build build/nianbao and build/libnianbao.a

$(BUILD)/nianbao: $(CLI_OBJECTS) $(BUILD)/libtui.a $(BUILD)/libnianbao.a
	$(CC) $(NB_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# an archive, so that a test links what it needs of the screen
$(BUILD)/libtui.a: $(TUI_OBJECTS)
$(BUILD)/libnianbao.a: $(LIB_OBJECTS)
$(BUILD)/%.a:
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(NB_CPPFLAGS) $(NB_CFLAGS) -MMD -MP -c -o $@ $<

# the shipped forms become part of the program
EMBED_OBJECTS = $(patsubst %,$(BUILD)/%.o,tools/embed src/form/tree src/form/yaml src/text/utf8 \
    src/base/alloc src/base/buf src/base/diag src/base/file src/base/hash src/base/message)

$(BUILD)/embed: $(EMBED_OBJECTS)
	$(CC) $(NB_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIB_LIBS)

$(BUILD)/builtin.c: $(FORMS) $(BUILD)/embed
	$(BUILD)/embed $(FORMS) > $@.new && mv $@.new $@

$(BUILD)/builtin.o: $(BUILD)/builtin.c
	$(CC) $(NB_CPPFLAGS) $(NB_CFLAGS) -c -o $@ $<

TEST_BUILD = $(MAKE) -s BUILD=$(BUILD)/test CFLAGS="-O1 -g -fno-omit-frame-pointer" \
    SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=all"

.PHONY: test
test: ## build with sanitizers and run every test
	+$(TEST_BUILD) build-tests
	tests/run $(BUILD)/test

UNIT_SOURCES = $(wildcard tests/unit/*.c)
UNIT_PROGRAMS = $(UNIT_SOURCES:tests/unit/%.c=$(BUILD)/unit/%)
SUPPORT_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))

.PHONY: build-tests
build-tests: $(BUILD)/nianbao $(UNIT_PROGRAMS) $(BUILD)/screen $(BUILD)/faults.so $(BUILD)/scarce $(BUILD)/fuzz

# makes system calls fail; without the sanitizer, which it must not come before
$(BUILD)/faults.so: tests/faults/faults.c
	$(CC) -D_GNU_SOURCE -std=c17 $(WARNINGS) -shared -fPIC -o $@ $<

# the program with an allocator that fails
$(BUILD)/scarce: $(BUILD)/tests/faults/scarce.o $(CLI_OBJECTS) $(BUILD)/libtui.a $(BUILD)/libnianbao.a
	$(CC) $(NB_CFLAGS) $(LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc -o $@ $^ $(LIBS)

STEP ?= 1
.PHONY: exhaust
exhaust: ## let every allocation fail in turn; STEP=50: every fiftieth
	+$(TEST_BUILD) build-tests
	python3 tests/faults/scarce.py $(CURDIR)/$(BUILD)/test samples/2024.yaml $(STEP)

SECONDS ?= 60
.PHONY: fuzz
fuzz: ## look for inputs that break the readers, SECONDS for each; TARGET=draft: for one
	scripts/deps fuzz
	+$(MAKE) -s BUILD=$(BUILD)/hunt CC=clang CFLAGS="-O1 -g -fno-omit-frame-pointer" \
	    SANITIZE="-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all" $(BUILD)/hunt/hunt
	tests/fuzz/hunt $(BUILD)/hunt/hunt $(SECONDS) $(TARGET)

$(BUILD)/hunt: $(BUILD)/tests/fuzz/hunt.o $(BUILD)/tests/fuzz/targets.o $(SUPPORT_OBJECTS) \
    $(BUILD)/libtui.a $(BUILD)/libnianbao.a
	$(CC) $(NB_CFLAGS) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS) -lcmocka

$(BUILD)/fuzz: $(BUILD)/tests/fuzz/fuzz.o $(BUILD)/tests/fuzz/targets.o $(SUPPORT_OBJECTS) \
    $(BUILD)/libtui.a $(BUILD)/libnianbao.a
	$(CC) $(NB_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

# plays scripts of keys to a program in a terminal
SCREEN_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/screen/*.c))

$(BUILD)/screen: $(SCREEN_OBJECTS)
	$(CC) $(NB_CFLAGS) $(LDFLAGS) -o $@ $^ -lvterm

$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(SUPPORT_OBJECTS) $(BUILD)/libtui.a $(BUILD)/libnianbao.a
	@mkdir -p $(@D)
	$(CC) $(NB_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

$(BUILD)/tests/%.o: NB_CPPFLAGS += -Itests/support

FLOORS = $(BUILD)/bench/floor_events $(BUILD)/bench/floor_empty $(BUILD)/bench/floor_page
.PHONY: bench
bench: $(BUILD)/bench/bench $(BUILD)/nianbao $(FLOORS) ## print ratios against floors, measured in one run
	$(BUILD)/bench/bench $(BUILD)/nianbao $(FLOORS) samples/2024.yaml

$(BUILD)/bench/%.o: NB_CPPFLAGS += -I.

$(BUILD)/bench/bench: $(patsubst %,$(BUILD)/bench/%.o,bench screen suspects) $(BUILD)/libnianbao.a \
    $(filter-out %/driver.o,$(SCREEN_OBJECTS))
	$(CC) $(NB_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIB_LIBS) -lvterm

# linked as a bare program would be
$(BUILD)/bench/floor_empty: bench/floor_empty.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $<

$(BUILD)/bench/floor_events: bench/floor_events.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -lyaml

$(BUILD)/bench/floor_page: bench/floor_page.c
	@mkdir -p $(@D)
	$(CC) -D_GNU_SOURCE $(CFLAGS) $(LDFLAGS) -o $@ $< -lncursesw

MAN = $(PREFIX)/share/man/man1
COMPLETIONS = $(PREFIX)/share/bash-completion/completions
.PHONY: install uninstall
install: all ## install below $(DESTDIR)$(PREFIX)
	install -Dm755 $(BUILD)/nianbao $(DESTDIR)$(PREFIX)/bin/nianbao
	mkdir -p $(DESTDIR)$(MAN) $(DESTDIR)$(COMPLETIONS)
	$(BUILD)/nianbao help --format man > $(DESTDIR)$(MAN)/nianbao.1
	$(BUILD)/nianbao help --format bash > $(DESTDIR)$(COMPLETIONS)/nianbao
	for form in $(FORMS); do install -Dm644 $$form $(DESTDIR)$(PREFIX)/share/nianbao/$$form; done

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/nianbao $(DESTDIR)$(MAN)/nianbao.1 \
	    $(DESTDIR)$(COMPLETIONS)/nianbao
	rm -rf $(DESTDIR)$(PREFIX)/share/nianbao

C_FILES = $(shell git ls-files '*.c' '*.h')
.PHONY: format lint clean help
format: ## apply .clang-format
	clang-format -i $(C_FILES)

lint: ## layers, formatting, clang-tidy and cppcheck
	scripts/lint

clean: ## remove what was built
	rm -rf $(BUILD)

help: ## list the targets
	@sed -n 's/^\([a-z-]*\)[a-z ]*:.*## /\1\t/p' Makefile

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.SECONDARY:
