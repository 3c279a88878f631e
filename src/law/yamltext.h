/* yamltext.h: what yaml.c does to a text by itself, before and beside the library. Floor 1,
 * pure. */
#ifndef SHENCHA_YAMLTEXT_H
#define SHENCHA_YAMLTEXT_H

#include "fault.h"

/* Every byte once: UTF-8, no forbidden character, no directive, and not more brackets and commas
 * than a file may have values. The library reads ahead over a whole flow collection: a hostile file
 * would otherwise cost gigabytes before it is refused. */
Fail yamltext_check(Str text, Str file, Fault *fault) MUST_USE;
/* Control characters (but tab and line ends), byte order marks, noncharacters. */
bool yamltext_forbidden(uint32_t point);
Fail yamltext_forbidden_fault(Fault *fault, Str file, int line, int column, uint32_t point);
/* A copy in which every line ends with LF alone, as YAML 1.2 (5.4) reads it: the library does not
 * fold CRLF in quotes. Lines and columns stay what they were. In arena. */
Str yamltext_with_line_feeds(Arena *arena, Str text);
/* What stands between single quotes, folded (YAML 1.2, 7.3.2): two quotes are one, a line end with
 * the blanks around it is a space, n + 1 of them are n line ends. Done here because libfyaml 0.7.12
 * misreads some texts with several escaped quotes and loses memory on those with many. In arena. */
Str yamltext_unquote(Arena *arena, Str raw);

#endif
