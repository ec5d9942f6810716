#include "shared/view/file_name.h"

#include "shared/base/text.h"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>

using namespace pev;

namespace {

std::string part_of(std::string_view name)
{
    return distinct_part(std::array{name}, 0, "logs");
}

} // namespace

TEST_CASE("a file's name keeps letters of every script, and what file systems take", "[file]")
{
    CHECK(export_file_name("Product launch outreach", "1", "angle-biz", "log")
        == "Product launch outreach-1-angle-biz.log");
    CHECK(export_file_name("品牌发布 / Q4", "1", {}, "json") == "品牌发布 - Q4-1.json");
    for (std::string_view const name : {"步骤一", "Größe", "нова версія", "مرحلة ١", "चरण", "단계", "007", "1E5",
             "a,b;c#%&'()=+@~", "👩‍💻 build"})
        CHECK(part_of(name) == name);
    CHECK(part_of("می‌خواهم") == "می‌خواهم"); // its joiners belong to the word
}

TEST_CASE("what file systems forbid or change goes from a file's name", "[file]")
{
    CHECK(export_file_name("../../etc/passwd", "1", {}, "log") == "etc-passwd-1.log");
    CHECK(part_of("a/b\\c:d*e?f\"g<h>i|j") == "a-b-c-d-e-f-g-h-i-j");
    CHECK(part_of("one\ntwo\tthree\x7F"
                  "four")
        == "one-two-three-four");
    CHECK(part_of(" .-x-. ") == "x");
    CHECK(part_of("a \u00A0\u3000b") == "a b");
    CHECK(part_of("exe\u202Egnp.\u2066x\u200F\uFEFF") == "exegnp.x"); // nothing turns it around
    CHECK(export_file_name("///", "1", {}, "json") == "playbook-1.json");
    CHECK(export_file_name("\u202E", "1", {}, "json") == "playbook-1.json");
}

TEST_CASE("no file is named like a device of Windows", "[file]")
{
    CHECK(export_file_name("con", "1", {}, "json") == "con-1.json"); // no device any more
    for (std::string_view const device : {"con.x", "NUL.x", "Com1.x", "lpt¹.x", "aux .x"}) {
        INFO(device);
        CHECK(export_file_name(device, "1", {}, "json") == "_" + std::string{device} + "-1.json");
    }
    CHECK(export_file_name("console.x", "1", {}, "json") == "console.x-1.json");
    CHECK(export_file_name("com10.x", "1", {}, "json") == "com10.x-1.json");
}

TEST_CASE("a long name is cut between characters, and differs where what was cut differs", "[file]")
{
    std::string flags;
    for (int i = 0; i < 100; ++i)
        flags += "e\u0301";
    std::string const one = part_of(flags + "1");
    std::string const other = part_of(flags + "2");
    CHECK(one != other);
    CHECK(one.size() < 90);
    CHECK(is_utf8(one));
    CHECK(one.substr(0, one.rfind('-')).ends_with("e\u0301"));
    std::string heaped = "e";
    for (int i = 0; i < 100; ++i)
        heaped += "\u0301";
    CHECK(is_utf8(part_of(heaped)));
    std::string const id(300, 'z');
    CHECK(export_file_name("p", id + "1", {}, "json") != export_file_name("p", id + "2", {}, "json"));
    CHECK(export_file_name(std::string(500, 'x'), id, part_of(std::string(500, 'y')), "ndjson").size() < 255);
}

TEST_CASE("runs whose ids differ in what is left out have files of their own", "[file]")
{
    CHECK(export_file_name("p", "a/b", {}, "json") != export_file_name("p", "a?b", {}, "json"));
    CHECK(export_file_name("p", "..", {}, "json") != export_file_name("p", ".", {}, "json"));
}

TEST_CASE("of steps whose names file systems take for one each has a mark of its own", "[file]")
{
    constexpr std::array<std::string_view, 6> kNames{"deploy", "Deploy", "other", "a/b", "a:b", "logs"};
    CHECK(distinct_part(kNames, 2, "logs") == "other");
    CHECK(distinct_part(kNames, 0, "logs").starts_with("deploy-"));
    CHECK(distinct_part(kNames, 1, "logs").starts_with("Deploy-"));
    CHECK(ascii_lower(distinct_part(kNames, 0, "logs")) != ascii_lower(distinct_part(kNames, 1, "logs")));
    CHECK(distinct_part(kNames, 3, "logs") != distinct_part(kNames, 4, "logs"));
    CHECK(distinct_part(kNames, 5, "logs") != "logs");
}
