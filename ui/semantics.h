// What is on screen, as words: every widget records itself here while it draws.
//
// One list, three uses: browser tests read it through the probe (wasm/probe.h), headless tests find widgets by role
// and name, golden dumps show structure as text. It is not mirrored into the page: screen readers get the page's status
// line (wasm/page_status.h) and nothing of this. Source of the roles: WAI-ARIA 1.2.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pev::ui {

enum class Role : std::uint8_t {
    Banner, // the run's header
    Main,
    Region, // a named part of the page
    Heading,
    Text,
    Status, // a live message: mode badge, stale notice
    Alert,
    Dialog,
    Button,
    Link,
    Toggle, // a button that stays pressed
    Listbox,
    Option, // a step of the timeline
    Group,
    ProgressBar,
    SearchBox,
    Image,
    Log,
    Tree,
    TreeItem,
    Term, // label of a value
    Definition, // the value
    Tooltip,
    Menu,
    MenuItem,
    Separator, // between two parts, and can be moved
};
std::string_view role_word(Role role); // "listbox"

struct States {
    bool selected = false;
    bool pressed = false;
    bool expanded = false;
    bool collapsed = false;
    bool disabled = false;
    bool current = false;
    bool focused = false;
    bool busy = false;
};
std::vector<std::string_view> state_words(States states);

struct Rect {
    float x = 0;
    float y = 0;
    float w = 0;
    float h = 0;
};

struct SemanticNode {
    std::uint32_t id = 0; // the same from frame to frame for the same widget
    Role role = Role::Text;
    std::string name;
    std::string value;
    States states;
    Rect rect; // CSS pixels from the canvas' top left; what is scrolled out of sight is not recorded
    int level = 0; // nesting: children follow their parent with a higher level
};

class Semantics {
public:
    void begin_frame()
    {
        nodes_.clear();
        level_ = 0;
    }
    void add(SemanticNode node);
    // Nodes added between open() and close() are children of `node`.
    void open(SemanticNode node);
    // For a node that is out of sight, and all its children with it.
    void open_unseen() { ++level_; }
    void close();
    std::vector<SemanticNode> const& nodes() const { return nodes_; }

private:
    std::vector<SemanticNode> nodes_;
    int level_ = 0;
};

// The nodes as indented lines, such as `  button "Copy" value "…" [focused]`, texts in JSON's quotes. For people and for golden
// files: there is nothing in it that changes from run to run or by a pixel.
std::string to_text(Semantics const& semantics);

} // namespace pev::ui
