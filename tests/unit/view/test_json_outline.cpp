#include "shared/view/json_outline.h"

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string>
#include <vector>

using namespace pev;

namespace {

using Strings = std::vector<std::string>;

// A reader who unfolds rows by what they are called.
class Reader {
public:
    explicit Reader(std::string text, std::size_t columns = 200) : text_(std::move(text)), columns_(columns)
    {
        update();
    }

    void toggle(std::string const& label)
    {
        for (std::size_t row = 0; row < rows().size(); ++row) {
            if (json_label(text_, rows(), row) == label && rows()[row].kind != JsonRow::Kind::Close) {
                JsonNodeId const id = rows()[row].id;
                if (toggled_.erase(id) == 0)
                    toggled_.insert(id);
                return update();
            }
        }
        FAIL("no row is called " << label);
    }

    void reveal(std::string const& what)
    {
        auto const byte = static_cast<std::uint32_t>(text_.find(what));
        std::size_t rounds = 0;
        while (!outline_.update(text_, 1, {toggled_, 7, columns_, byte}))
            REQUIRE(++rounds < 1000);
        for (JsonNodeId const id : outline_.opened()) {
            if (toggled_.erase(id) == 0)
                toggled_.insert(id);
        }
        update();
        found_ = outline_.row_of(byte);
    }

    std::size_t found() const { return found_; }
    std::string path(std::size_t row) const { return json_path(text_, rows(), row); }
    std::vector<JsonRow> const& rows() const { return outline_.rows(); }
    std::size_t portions() const { return portions_; }

    Strings shown() const
    {
        Strings all;
        for (std::size_t row = 0; row < rows().size(); ++row) {
            JsonRow const& at = rows()[row];
            std::string line(std::size_t{2} * at.depth, ' ');
            std::string const label = json_label(text_, rows(), row);
            if (!label.empty())
                line += label + ": ";
            bool const container = at.item.is_container() && at.kind == JsonRow::Kind::Value;
            if (at.kind == JsonRow::Kind::Close)
                line += "<";
            else if (at.kind == JsonRow::Kind::Page)
                line += at.open ? "page" : "+";
            else if (at.kind == JsonRow::Kind::Pending)
                line += "?";
            else if (container && !at.open)
                line += "+" + std::to_string(at.item.count);
            else if (container)
                line += at.item.kind == JsonKind::Array ? "[" : "{";
            else
                line += text_.substr(at.text_begin, at.text_end - at.text_begin);
            all.push_back(line);
        }
        return all;
    }

private:
    void update()
    {
        portions_ = 1;
        while (!outline_.update(text_, 1, {toggled_, 7, columns_, std::nullopt}))
            REQUIRE(++portions_ < 1000);
    }

    std::string text_;
    std::size_t columns_;
    JsonOutline outline_;
    std::set<JsonNodeId> toggled_;
    std::size_t portions_ = 0;
    std::size_t found_ = 0;
};

std::string array_of(std::size_t count)
{
    std::string text = "[";
    for (std::size_t i = 0; i < count; ++i)
        text += (i == 0 ? "" : ", ") + std::to_string(i * 10);
    return text + "]";
}

} // namespace

TEST_CASE("a JSON tree stands with its root open and the rest folded", "[json]")
{
    Reader reader{R"({"a":[1,2],"b":{},"c":{"d":null, "e" : "x,]}\"" } , "f":false})"};
    CHECK(reader.shown() == Strings{"{", "  a: +2", "  b: +0", "  c: +2", "  f: false", "<"});
    reader.toggle("c");
    CHECK(reader.shown()
        == Strings{"{", "  a: +2", "  b: +0", "  c: {", "    d: null", R"(    e: "x,]}\"")", "  <", "  f: false", "<"});
    reader.toggle("c");
    reader.toggle("a");
    CHECK(reader.shown()
        == Strings{"{", "  a: [", "    0: 1", "    1: 2", "  <", "  b: +0", "  c: +2", "  f: false", "<"});
    reader.toggle("");
    CHECK(reader.shown() == Strings{"+4"});
}

TEST_CASE("numbers, texts and empty values are shown as the server wrote them", "[json]")
{
    CHECK(Reader{"9007199254740993"}.shown() == Strings{"9007199254740993"});
    CHECK(Reader{"1e-320"}.shown() == Strings{"1e-320"});
    CHECK(Reader{R"("\u00e9\n")"}.shown() == Strings{R"("\u00e9\n")"});
    CHECK(Reader{"false"}.shown() == Strings{"false"});
    CHECK(Reader{"0"}.shown() == Strings{"0"});
    CHECK(Reader{R"("")"}.shown() == Strings{R"("")"});
    CHECK(Reader{"{}"}.shown() == Strings{"+0"});
    CHECK(Reader{" [ ] "}.shown() == Strings{"+0"});
    CHECK(Reader{"[0,\"\",null,[],{}]"}.shown()
        == Strings{"[", "  0: 0", "  1: \"\"", "  2: null", "  3: +0", "  4: +0", "<"});
}

TEST_CASE("what is no JSON is shown as the server wrote it, as the value that it is", "[json]")
{
    Reader reader{R"({"a":NaN,"b":-Infinity,"c":[1,2, ],"d":None,"e":.5,})"};
    reader.toggle("c");
    CHECK(reader.shown()
        == Strings{
            "{", "  a: NaN", "  b: -Infinity", "  c: [", "    0: 1", "    1: 2", "  <", "  d: None", "  e: .5", "<"});
    reader.toggle("c");
    CHECK(reader.shown() == Strings{"{", "  a: NaN", "  b: -Infinity", "  c: +2", "  d: None", "  e: .5", "<"});
    for (auto const& [text, kind] : std::initializer_list<std::pair<std::string_view, JsonKind>>{
             {"nan", JsonKind::Number}, {"inf", JsonKind::Number}, {"+1", JsonKind::Number}, {"None", JsonKind::Null},
             {"undefined", JsonKind::Null}, {"True", JsonKind::Boolean}, {"null", JsonKind::Null},
             {"false", JsonKind::Boolean}})
        CHECK(json_root(text).kind == kind);
}

TEST_CASE("large arrays and objects are shown in pages", "[json]")
{
    Reader reader{"{\"list\":" + array_of(2'345) + "}"};
    reader.toggle("list");
    Strings const pages = reader.shown();
    REQUIRE(pages.size() == 2 + 2 + 24);
    CHECK(pages[2] == "    0 … 99: +");
    CHECK(pages[25] == "    2,300 … 2,344: +");
    reader.toggle("2,300 … 2,344");
    Strings const open = reader.shown();
    REQUIRE(open.size() == pages.size() + 45);
    CHECK(open[26] == "      2300: 23000");
    CHECK(open[70] == "      2344: 23440");
    CHECK(reader.path(26) == "$.list[2300]");

    CHECK(Reader{array_of(200)}.rows().size() == 202);
    CHECK(Reader{array_of(201)}.rows().size() == 5);
    CHECK(Reader{array_of(300'000)}.rows().size() == 2 + 300); // a thousand to a page

    std::string object = "{";
    for (int i = 0; i < 500; ++i)
        object += (i == 0 ? "" : ",") + std::string{"\"k"} + std::to_string(i) + "\":{\"n\":" + std::to_string(i) + "}";
    Reader keys{object + "}"};
    keys.toggle("400 … 499");
    CHECK(keys.shown()[6] == "    k400: +1");
}

TEST_CASE("a long string is folded, and unfolds into rows that break where its text does", "[json]")
{
    Reader reader{R"({"t":"one two three four\nfive\\n six seven eight nine ten","s":"short"})", 20};
    CHECK(reader.shown()
        == Strings{"{", R"(  t: "one two three four\nfive\\n six seven eight nine ten")", R"(  s: "short")", "<"});
    CHECK(reader.rows()[1].folds);
    CHECK_FALSE(reader.rows()[2].folds);
    reader.toggle("t");
    CHECK(reader.shown()
        == Strings{"{", R"(  t: "one two three)", R"(     four\n)", R"(    five\\n six se)", "    ven eight nine",
            R"(     ten")", R"(  s: "short")", "<"});
}

TEST_CASE("a path leads to a value in the notation that programs understand", "[json]")
{
    Reader reader{R"({"items":[{"name":"a"},{"odd key":{"0":1}, "":2}]})"};
    reader.toggle("items");
    reader.toggle("1");
    reader.toggle("odd key");
    std::vector<std::string> paths;
    for (std::size_t row = 0; row < reader.rows().size(); ++row) {
        if (reader.rows()[row].kind == JsonRow::Kind::Value)
            paths.push_back(reader.path(row));
    }
    CHECK(paths
        == Strings{"$", "$.items", "$.items[0]", "$.items[1]", R"($.items[1]["odd key"])",
            R"($.items[1]["odd key"]["0"])", R"($.items[1][""])"});
}

TEST_CASE("what is found deep inside is unfolded on the way there, and nothing else", "[json]")
{
    std::string text = "{\"other\":[1],\"deep\":[";
    for (int i = 0; i < 1'000; ++i)
        text += "{\"n\":[" + std::to_string(i) + ",\"value-" + std::to_string(i) + "\"]},";
    Reader reader{text + "0]}"};
    reader.reveal("value-777");
    CHECK(reader.path(reader.found()) == "$.deep[777].n[1]");
    CHECK(reader.rows().size() == 2 + 1 + 2 + 11 + 100 + 5);
    reader.reveal("other");
    CHECK(reader.path(reader.found()) == "$.other");
}

TEST_CASE("what is unfolded stays so when the text around it changes", "[json]")
{
    std::set<JsonNodeId> toggled;
    JsonOutline outline;
    std::string const before = R"({"a":[1],"b":[2]})";
    outline.update(before, 1, {toggled, 7, 80, {}});
    toggled.insert(outline.rows()[2].id);
    std::string const after = R"({"a":[1,1,1],"new":0,"b":[2]})";
    outline.update(after, 2, {toggled, 7, 80, {}});
    REQUIRE(outline.rows().size() == 7);
    CHECK(outline.rows()[3].open);
    CHECK(json_label(after, outline.rows(), 3) == "b");
}

TEST_CASE("twenty megabytes are there at once and are listed in portions", "[json]")
{
    std::string text = "{\"head\":1,\"list\":[";
    while (text.size() < (20u << 20))
        text += R"({"id":12345,"name":"some name \" with an escape","tags":["a","b"]},)";
    text += "null],\"tail\":2}";
    std::set<JsonNodeId> const toggled;
    JsonOutline outline;
    CHECK_FALSE(outline.update(text, 1, {toggled, 7, 100, {}}));
    CHECK(json_label(text, outline.rows(), 1) == "head"); // there already
    int portions = 1;
    while (!outline.update(text, 1, {toggled, 7, 100, {}}))
        REQUIRE(++portions < 20);
    CHECK(portions >= 4);
    CHECK(outline.rows().size() == 5);
    CHECK(outline.rows()[2].item.count > 300'000);
}

TEST_CASE("whatever is no JSON gives rows all the same", "[json]")
{
    for (std::string const text : {"", "   ", "{", "[", "{\"a\"", "{\"a\":", "[1,", "\"abc", "nonsense", "{]}", "[[[[",
             "]", ",,,", "{\"a\":[}", "[\"\\"}) {
        INFO(text);
        std::set<JsonNodeId> toggled;
        JsonOutline outline;
        for (int i = 0; i < 5; ++i) {
            outline.update(text, 1, {toggled, 7, 20, std::uint32_t{2}});
            CHECK_FALSE(outline.rows().empty());
            for (JsonRow const& row : outline.rows()) {
                CHECK(row.item.end <= text.size());
                CHECK(row.text_begin <= row.text_end);
                toggled.insert(row.id);
            }
        }
    }
}

TEST_CASE("nesting of any depth is walked through without a stack", "[json]")
{
    std::string const text = std::string(100'000, '[') + std::string(100'000, ']');
    std::set<JsonNodeId> toggled;
    JsonOutline outline;
    for (int depth = 0; depth < 50; ++depth) {
        outline.update(text, 1, {toggled, 7, 80, {}});
        for (JsonRow const& row : outline.rows()) {
            if (row.folds && !row.open)
                toggled.insert(row.id);
        }
    }
    CHECK(outline.rows().size() > 90);
    outline.update(text, 1, {toggled, 7, 80, std::uint32_t{99'999}});
    CHECK(outline.rows().size() < 2'000);
}

TEST_CASE("a value is copied for use elsewhere: a string as its characters", "[json]")
{
    CHECK(json_value(R"("a\"b\u00e9\n")") == "a\"b\u00e9\n");
    CHECK(json_value("9007199254740993") == "9007199254740993");
    CHECK(json_value(R"({"a": 1})") == R"({"a": 1})");
    CHECK(json_value("NaN") == "NaN");
    CHECK(json_value(R"({"a": NaN, "b": [+1,],})") == R"({"a": "NaN", "b": [1]})"); // for programs
    CHECK(json_value("\"a\x01\"") == "a\x01");
    CHECK(json_value("\"broken") == "\"broken");
}

TEST_CASE("a closed section says what it holds", "[json]")
{
    CHECK(summarize_json("") == "none");
    CHECK(summarize_json("null") == "null");
    CHECK(summarize_json("false") == "false");
    CHECK(summarize_json("0") == "0");
    CHECK(summarize_json("\"\"") == "\"\"");
    CHECK(summarize_json(R"({"a":1,"b":[1,2]})") == "object · 2 keys · 17 B");
    CHECK(summarize_json("[1]") == "array · 1 item · 3 B");
    CHECK(summarize_json("{}") == "object · 0 keys · 2 B");
    CHECK(summarize_json("\"" + std::string(500, 'x') + "\"").size() < 70);
    CHECK(summarize_json("[" + std::string(3u << 20, ' ') + "1]") == "array · 3.0 MB");
}
