/* out.h: what templates write with. pages/NAME.html is turned into C by tools/pages/; everything
 * is escaped unless it is of type Html, and a wrong name does not compile. Floor 6.
 *
 * The language of templates (docs/pages.md):
 *   {%page NAME(PARAMETERS)%}   begins `void page_NAME(Out *out, PARAMETERS)`; several in one file
 *   {%use "header.h"%}          before the first page: where its types come from
 *   {%end%}                     ends a page
 *   {% C %}                     a statement: {% if (x) { %} … {% } %}, {% for (…) { %}
 *   {{ E }}                     a Str, escaped for text and for quoted attributes
 *   {{# E }}                    a whole number
 *   {{day E}}                   a Day as its language writes it: "10 April 2026", "2026年4月10日"
 *   {{iso E}}                   a Day as 2026-04-10, for datetime and value
 *   {{moment E}}                milliseconds since 1970 as day and time in Beijing
 *   {{size E}}                  bytes as people read them
 *   {{url E}}                   a Str as one part of an address
 *   {{path E}}                  a Str that is a whole address of this house: "#" is written
 *                               unless it begins with one "/"
 *   {{w WORD_NAME}}             a sentence of words/ in the page's language, escaped
 *   {{w WORD_NAME, E, E}}       the same with Str arguments, each escaped
 *   {{{ E }}}                   an Html, as it is
 *   {{>NAME(ARGUMENTS)}}        another page: page_NAME(out, ARGUMENTS)
 *   {{asset "style.css"}}       the content-hashed address of an asset
 * The tool refuses a value in an unquoted attribute, in on…= and style=, inside <script> and
 * <style>, and in href, src, action unless it begins with a literal "/", "?" or "#", or is {{url}},
 * {{path}} or {{asset}}. */
#ifndef SHENCHA_OUT_H
#define SHENCHA_OUT_H

#include "buf.h"
#include "day.h"
#include "word.h"

typedef struct Html { Str bytes; } Html;   /* is HTML already */

typedef struct Out {
    Buf *buf;
    Language language;
} Out;

void out_raw(Out *out, Html html);
void out_literal(Out *out, const char *at, size_t len);   /* of the template */
void out_text(Out *out, Str text);     /* also makes direction and control characters visible */
void out_int(Out *out, int64_t value);
void out_day(Out *out, Day day);
void out_iso(Out *out, Day day);
void out_url(Out *out, Str part);
void out_path(Out *out, Str address);
void out_words(Out *out, Word word, const Str *args, size_t count);
/* "10 April 2026, 14:05" in Beijing, from milliseconds since 1970. */
void out_moment(Out *out, int64_t at);
/* "1.4 MB", "1.4 MB": sizes as people read them. */
void out_size(Out *out, int64_t bytes);
/* The address of an embedded asset: "/assets/style-3f9a2c.css". */
Str asset_address(const char *name);

#endif
