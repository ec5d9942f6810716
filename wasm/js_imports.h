// Everything that the viewer asks of the browser: the functions that the *.lib.js files beside implement.
//
// This and js_exports.cpp are the whole border to JavaScript.
// Texts go over as UTF-8, by pointer and size; texts that come back are left in the inbox (wasm/inbox.h).
// Positions are CSS pixels from the canvas' top left unless a name says otherwise; times are epoch milliseconds.
// Nothing here calls back before it returns, except where it says so.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

// --- time.lib.js ---

// Near the wall clock, never runs backwards.
double js_now_ms();
// For measuring short spans: milliseconds from no particular point, as fine as the browser allows.
double js_stopwatch_ms();
// Minutes east of UTC in the reader's time zone at that instant.
int js_utc_offset_minutes(double epoch_ms);
// Calls pev_on_frame() once, before the browser paints next. Not while the page is hidden.
void js_request_frame();
// Calls pev_on_timer(timer) once after the delay, hidden page or not. Replaces what was set; a negative delay only cancels.
void js_set_timer(int timer, double delay_ms);

// --- page.lib.js ---

// Leaves path and query of the page's address in inbox slots 0 and 1, and all but the query in slot 2, which is empty where the
// page is not there for itself.
void js_read_address();
// Leaves in inbox slot 0 what js_store_preferences() kept in an earlier visit; an empty text where there is none.
void js_read_preferences();
void js_store_preferences(char const* text, std::size_t size);
// `new_entry`: "back" leads to the query before; pev_on_address() tells when the user goes there. An embedded viewer leaves the
// history to its host, and only replaces.
void js_set_query(char const* query, std::size_t size, bool new_entry);
// Begins to report visibility, network, preferences and fonts; reports all but the fonts before it returns.
void js_watch_page();
bool js_is_mac();
// Its main pointer is a finger.
bool js_is_touched();
// Within a page of someone else.
bool js_is_embedded();
void js_set_title(char const* title, std::size_t size);
// The page's icon: "running", "success", "failed", or "" for the plain one.
void js_set_icon(char const* name, std::size_t size);
// For screen readers: said politely when it changes.
void js_set_status(char const* status, std::size_t size);
void js_set_dark(bool dark);
// The first frame is on the canvas: what stood there while the page was loading can go.
void js_show_canvas();
// The network is free for the rest of the module. It is fetched once, and with the first frame in any case; see pev_on_complete().
void js_fetch_rest();
// The run is on screen: a mark of that moment in the page's performance timeline, "run-drawn".
void js_mark_run_drawn();
// Hands the file to the browser's downloads, once its last part is there.
void js_save_file(char const* name, std::size_t name_size, char const* media_type, std::size_t media_type_size,
    char const* content, std::size_t content_size, bool more);
// The same for a picture, as PNG. `pixels`: RGBA, rows from top to bottom.
void js_save_picture(char const* name, std::size_t name_size, unsigned char const* pixels, int width, int height);
// Whether this browser has notifications, and the reader has not forbidden them to this page. Frames can't have them.
bool js_can_notify();
// Answered by pev_on_notify_answer().
void js_ask_to_notify();
void js_notify(char const* title, std::size_t title_size, char const* text, std::size_t text_size);
// In a new tab. pev_on_link_refused() tells where none seems to have come.
void js_open_link(char const* url, std::size_t size);
// Offers window.__viewer.
void js_offer_probe();

// --- host.lib.js ---

// Begins to report the host and its commands, where the viewer is embedded; may report a host that was there first before it
// returns.
void js_watch_host();
void js_tell_host(char const* message, std::size_t size);

// --- canvas.lib.js ---

// Makes the WebGL 2 context that the page has made the current one. Returns the side of its largest texture, texels.
int js_use_context();
// Begins to report the canvas' size and the loss and return of its context; reports the size before it returns.
void js_watch_canvas();
// The backing store, device pixels. Clears the canvas.
void js_resize_canvas(int width, int height);
// Whether fingers scroll the viewer; otherwise they scroll the page around it, where there is one.
void js_take_fingers(bool take);
void js_set_cursor(char const* css_name, std::size_t size);

// --- text.lib.js ---

// Declares font number `font` (counted from 0) as a weight and a CSS list of families.
void js_add_font(int font, int weight, char const* families, std::size_t size);
// extent[0], [1]: ascent and descent of the font at `size_px`, device pixels.
void js_font_extent(int font, double size_px, float* extent);
// Draws a code point in white, at kGlyphPhases horizontal quarter-pixel offsets side by side, and leaves the RGBA pixels
// (straight alpha) in the glyph buffer (pev_glyph_pixels). metrics: advance; left, top (baseline = 0), width and height of
// one phase, all device pixels. Width 0: nothing to see. `emoji`: ask for the coloured form.
void js_draw_glyph(int font, double size_px, std::uint32_t code_point, bool emoji, float* metrics);
// By how much the browser thins black text against white text, see ui/glyphs/glyph_texels.h.
double js_text_contrast(int font, double size_px);

// --- input.lib.js ---

// Begins to report pointers, wheel, keys, text and focus.
void js_watch_input();
// Whether typed text is wanted: moves the focus between the canvas and a hidden field, which brings up the keyboard of
// a phone and the window of an input method.
void js_want_text(bool wanted);
void js_place_text_cursor(double x, double y, double line_height);
void js_copy_text(char const* text, std::size_t size);

// --- fetch.lib.js ---

// GET with credentials; answered by pev_on_http_answer(request).
void js_fetch(double request, char const* url, std::size_t size, std::size_t max_bytes);
void js_abort_fetch(double request);

// --- event_source.lib.js ---

// `types`: event types to listen for, separated by spaces; messages name them by index. May have to wait for another tab to
// close its stream (stream_places.lib.js).
void js_open_stream(double stream, char const* url, std::size_t url_size, char const* types, std::size_t types_size);
void js_close_stream(double stream);

} // extern "C"
