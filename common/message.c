#include "common/message.h"

#include <stdarg.h>

#include "common/codepoint.h"
#include "common/strbuf.h"

enum { MESSAGE_MAX = 1 << 16 };

void message_init(struct messages *m, const char *program, FILE *stream)
{
    m->program = program;
    m->stream = stream;
    m->level = MESSAGE_NORMAL;
    atomic_init(&m->failed, false);
}

static void append_visible(struct strbuf *out, struct text t)
{
    while (t.len > 0) {
        struct codepoint c = codepoint_first(t);
        struct text bytes = text_slice(t, 0, c.length);
        if (c.valid && codepoint_is_safe(c.value))
            strbuf_append(out, bytes);
        else
            for (size_t i = 0; i < bytes.len; i++)
                strbuf_append_format(out, "\\x%02X",
                                     (unsigned)(unsigned char)bytes.ptr[i]);
        t = text_slice(t, c.length, t.len);
    }
}

/* One fwrite() a message: stdio's lock keeps those of other threads apart. */
static void write_line(struct messages *m, const struct strbuf *line)
{
    fwrite(strbuf_string(line), 1, line->len, m->stream);
    fflush(m->stream);
}

static void say(struct messages *m, const char *kind, const char *format,
                va_list args) __attribute__((format(printf, 3, 0)));

static void say(struct messages *m, const char *kind, const char *format,
                va_list args)
{
    char message[4096];
    int len = vsnprintf(message, sizeof message, format, args);
    AUTO_DONE(strbuf) line = STRBUF_INIT(MESSAGE_MAX);
    strbuf_append_format(&line, "%s: %s", m->program, kind);
    append_visible(&line, len < 0 ? text_from(format) : text_from(message));
    strbuf_append_char(&line, '\n');
    write_line(m, &line);
}

void message_error(struct messages *m, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    atomic_store(&m->failed, true);
    say(m, "", format, args);
    va_end(args);
}

void message_warning(struct messages *m, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (m->level > MESSAGE_QUIET)
        say(m, "warning: ", format, args);
    va_end(args);
}

void message_note(struct messages *m, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (m->level > MESSAGE_QUIET)
        say(m, "", format, args);
    va_end(args);
}

void message_detail(struct messages *m, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (m->level >= MESSAGE_VERBOSE)
        say(m, "", format, args);
    va_end(args);
}

void message_lines(struct messages *m, struct text lines)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(MESSAGE_MAX);
    struct text line;
    while (lines.len > 0 && text_split(&lines, '\n', &line)) {
        append_visible(&out, line);
        strbuf_append_char(&out, '\n');
    }
    write_line(m, &out);
}
