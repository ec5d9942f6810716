#include "ui/links.h"
#include "ui/panels/diagnostics_panel.h"
#include "ui/screens/screens.h"
#include "ui/shortcuts.h"
#include "ui/widgets/menu.h"

namespace pev::ui {

void draw_overlays(Frame& frame)
{
    draw_shortcuts_panel(frame);
    draw_diagnostics_panel(frame);
    draw_menu(frame); // also of a text in them
    draw_refused_link(frame);
}

} // namespace pev::ui
