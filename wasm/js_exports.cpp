// Every function that JavaScript calls: the other half of the border, see js_imports.h.
#include "wasm/js_exports.h"

#include "wasm/font_loader.h"
#include "wasm/inbox.h"

#include <emscripten/em_macros.h>

#include <string>
#include <utility>

namespace pev::wasm {
namespace {

    std::uint64_t id_from(double js_id)
    {
        return static_cast<std::uint64_t>(js_id);
    }

    ImVec2 point(double x, double y)
    {
        return {static_cast<float>(x), static_cast<float>(y)};
    }

} // namespace

Viewer& the_viewer()
{
    static auto& viewer = *new Viewer;
    return viewer;
}

extern "C" {

// --- Texts and bytes ---

EMSCRIPTEN_KEEPALIVE char* pev_inbox(int slot, std::size_t bytes)
{
    return inbox_reserve(slot, bytes);
}

EMSCRIPTEN_KEEPALIVE void pev_inbox_end(int slot, std::size_t bytes)
{
    inbox_end(slot, bytes);
}

EMSCRIPTEN_KEEPALIVE unsigned char* pev_glyph_pixels(std::size_t bytes)
{
    return reserve_glyph_pixels(bytes);
}

// Room for the next part of the body of an answer, of which so many bytes are expected in all. Null where there is no memory for it.
EMSCRIPTEN_KEEPALIVE char* pev_http_part(double request, std::size_t bytes, std::size_t expected)
{
    return add_to_body(id_from(request), bytes, expected);
}

// --- The network ---

// Inbox: content type, Date header, failure. Status 0: there is no answer, see the failure; `refused_bytes`: since it has so many.
EMSCRIPTEN_KEEPALIVE void pev_on_http_answer(double request, int status, double refused_bytes)
{
    HttpAnswer answer;
    answer.id = id_from(request);
    answer.status = status;
    answer.content_type = inbox(0);
    answer.date = parse_http_date(inbox(1));
    answer.failure = inbox(2);
    answer.refused_bytes = static_cast<std::uint64_t>(refused_bytes);
    answer.body = take_body(answer.id);
    if (status == 0)
        answer.body.clear();
    the_viewer().arrive(std::move(answer));
}

EMSCRIPTEN_KEEPALIVE void pev_on_stream_opened(double stream)
{
    the_viewer().arrive(StreamOpened{id_from(stream)});
}

EMSCRIPTEN_KEEPALIVE void pev_on_stream_waits(double stream)
{
    the_viewer().arrive(StreamWaits{id_from(stream)});
}

// Inbox: data, event id. `type` counts as in BrowserPlatform::event_type().
EMSCRIPTEN_KEEPALIVE void pev_on_stream_message(double stream, int type)
{
    the_viewer().arrive(StreamMessage{.id = id_from(stream),
        .message = {.type = std::string{BrowserPlatform::event_type(type)},
            .data = std::string{inbox(0)},
            .id = std::string{inbox(1)}}});
}

EMSCRIPTEN_KEEPALIVE void pev_on_stream_lost(double stream, bool reopens)
{
    the_viewer().arrive(StreamLost{id_from(stream), reopens});
}

// --- Time and page ---

EMSCRIPTEN_KEEPALIVE void pev_on_frame()
{
    the_viewer().frame();
}

EMSCRIPTEN_KEEPALIVE void pev_on_timer(int timer)
{
    the_viewer().timer(timer);
}

EMSCRIPTEN_KEEPALIVE void pev_on_visibility(bool visible)
{
    the_viewer().visible(visible);
}

EMSCRIPTEN_KEEPALIVE void pev_on_network(bool online)
{
    the_viewer().arrive(NetworkTold{online});
}

EMSCRIPTEN_KEEPALIVE void pev_on_preferences(bool dark, bool reduced_motion)
{
    the_viewer().preferences(dark, reduced_motion);
}

EMSCRIPTEN_KEEPALIVE void pev_on_fonts_changed()
{
    the_viewer().fonts_changed();
}

EMSCRIPTEN_KEEPALIVE void pev_on_complete()
{
    the_viewer().complete();
}

// Inbox: path and query, where the user went "back" or "forward".
EMSCRIPTEN_KEEPALIVE void pev_on_address()
{
    the_viewer().act(GoTo{parse_address(inbox(0), inbox(1))});
}

EMSCRIPTEN_KEEPALIVE void pev_on_notify_answer(bool allowed)
{
    the_viewer().arrive(NotifyAnswer{allowed});
}

// Inbox: a sentence for the diagnostics.
EMSCRIPTEN_KEEPALIVE void pev_on_remark()
{
    the_viewer().arrive(Remark{std::string{inbox(0)}});
}

// --- The page around ---

EMSCRIPTEN_KEEPALIVE void pev_on_host_connected()
{
    the_viewer().host_connected();
}

// Inbox: the command.
EMSCRIPTEN_KEEPALIVE void pev_on_host_command()
{
    the_viewer().host_command(std::string{inbox(0)});
}

// --- The canvas ---

// Device pixels, and how many of them make a CSS pixel.
EMSCRIPTEN_KEEPALIVE void pev_on_resize(int width, int height, double density)
{
    the_viewer().resized(width, height, static_cast<float>(density));
}

EMSCRIPTEN_KEEPALIVE void pev_on_context(bool there)
{
    the_viewer().context(there);
}

// --- The user ---

// `age_ms`: how long ago it was.
EMSCRIPTEN_KEEPALIVE void pev_on_pointer(int phase, int kind, double x, double y, int buttons, double age_ms)
{
    auto const age = std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::milli>{age_ms});
    the_viewer().pointer(PointerPhase{phase}, PointerKind{kind}, point(x, y), buttons, age);
}

// Returns whether something moves; otherwise the wheel is for the page around.
EMSCRIPTEN_KEEPALIVE bool pev_on_wheel(double x, double y, double delta_x, double delta_y, int unit, int modifiers)
{
    return the_viewer().input([&](Input& input, Instant now) {
        return input.wheel(point(x, y), point(delta_x, delta_y), WheelUnit{unit}, Modifiers::from_bits(modifiers), now);
    });
}

// Returns whether the viewer has a menu there: then the browser's stays away.
EMSCRIPTEN_KEEPALIVE bool pev_on_context_menu(double x, double y, bool by_finger)
{
    return the_viewer().menu_asked(point(x, y), by_finger);
}

// Inbox: KeyboardEvent.code, KeyboardEvent.key. Returns whether the browser should keep its hands off.
EMSCRIPTEN_KEEPALIVE bool pev_on_key(bool down, int modifiers, bool in_field)
{
    if (down)
        the_viewer().catch_up();
    return the_viewer().input([&](Input& input, Instant) {
        return input.key(down, inbox(0), inbox(1), Modifiers::from_bits(modifiers), in_field);
    });
}

// Inbox: the text.
EMSCRIPTEN_KEEPALIVE void pev_on_text()
{
    the_viewer().text(inbox(0));
}

// Inbox: what is being composed, and of it what stands before the caret.
EMSCRIPTEN_KEEPALIVE void pev_on_composition()
{
    the_viewer().input([](Input& input, Instant) { input.compose(inbox(0), inbox(1).size()); });
}

EMSCRIPTEN_KEEPALIVE void pev_on_focus(bool focused)
{
    the_viewer().input([&](Input& input, Instant) { input.focus(focused); });
}

// --- The probe ---

EMSCRIPTEN_KEEPALIVE char const* pev_probe(int question)
{
    return the_viewer().probe(Viewer::Question{question});
}

} // extern "C"

} // namespace pev::wasm
