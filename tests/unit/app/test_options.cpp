#include "shared/app/options.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;

TEST_CASE("the run is named by the path or by the query", "[options]")
{
    CHECK(parse_address("/app/playbooks/runs/8f3b61c2", "").run == "8f3b61c2");
    CHECK(parse_address("/deep/app/playbooks/runs/a%2Fb", "?theme=dark").run == "a/b");
    CHECK(parse_address("/app/playbooks/runs/8f3b61c2/", "").run == "8f3b61c2");
    CHECK(parse_address("/viewer/index.html", "?run=x%20y").run == "x y");
    CHECK(parse_address("/app/playbooks/runs/one", "?run=two").run == "two");
    CHECK(parse_address("/", "").run.empty());
    CHECK(parse_address("/app/playbooks/runs/", "").run.empty());
    CHECK(parse_address("/app/playbooks/runs/index.html", "").run.empty());
}

TEST_CASE("every parameter of the page is read", "[options]")
{
    Options const options = parse_address("/index.html",
        "?run=r&api=https%3A%2F%2Fapi.example%2Fv1%2F&profile=app&stream=off&step=a%2Fb&q=502+error&state=failed,"
        "running&type=API"
        "&theme=dark&tz=utc&probe=1&memory=16");
    CHECK(options.api == "https://api.example/v1");
    CHECK(options.profile == Profile::App);
    CHECK_FALSE(options.stream);
    CHECK(options.step == "a/b");
    CHECK(options.search == "502 error");
    CHECK(options.states == std::vector<std::string>{"failed", "running"});
    CHECK(options.types == std::vector<std::string>{"API"});
    CHECK(options.theme == ThemeChoice::Dark);
    CHECK(options.time_zone == TimeZoneChoice::Utc);
    CHECK(options.probe);
    CHECK(options.memory == 16U << 20U);
    CHECK(options.complaints.empty());
}

TEST_CASE("bad values fall back to their defaults and are told; unknown parameters are ignored", "[options]")
{
    Options const options
        = parse_address("/index.html", "?theme=pink&stream=maybe&profile=&tz=mars&probe=2&api=&&=x&novalue&view=steps");
    CHECK(options.theme == ThemeChoice::System);
    CHECK(options.stream);
    CHECK(options.profile == Profile::Api);
    CHECK(options.api == "/api/v1");
    CHECK(options.complaints.size() == 5);
    CHECK(options.complaints[0] == "address: theme=pink is not known; the default is used");
}

TEST_CASE("a run's memory is a number of megabytes that a page has", "[options][memory]")
{
    CHECK(parse_address("", "").memory == kRunMemory);
    for (char const* const bad : {"0", "-1", "257", "1.5", "16MB", "", "99999999999999999999"}) {
        Options const options = parse_address("", std::string{"?memory="} + bad);
        CHECK(options.memory == kRunMemory);
        CHECK(options.complaints.size() == 1);
    }
    CHECK(format_address(parse_address("", "?memory=2")) == "memory=2");
}

TEST_CASE("a run id may be any text of up to 200 characters", "[options]")
{
    std::string id;
    for (int i = 0; i < 200; ++i)
        id += "%C3%B6";
    CHECK_FALSE(parse_address("/app/playbooks/runs/" + id, "").run_too_long);
    CHECK(parse_address("/app/playbooks/runs/" + id + "x", "").run_too_long);
}

TEST_CASE("the address keeps what it was given and follows what the user changes", "[options]")
{
    Options options = parse_address("/index.html", "?run=r&lang=de&step=a&theme=dark");
    CHECK(format_address(options) == "run=r&lang=de&step=a&theme=dark");
    options.step = "b/c";
    options.search = "50 %";
    options.states = {"failed", "running"};
    options.theme = ThemeChoice::System;
    options.time_zone = TimeZoneChoice::Utc;
    std::string const address = format_address(options);
    CHECK(address == "run=r&lang=de&step=b%2Fc&q=50%20%25&state=failed%2Crunning&tz=utc");
    Options const again = parse_address("/index.html", address);
    CHECK(again.step == options.step);
    CHECK(again.search == options.search);
    CHECK(again.states == options.states);
    CHECK(again.time_zone == options.time_zone);
}

TEST_CASE("a link leads to a step, whatever the list is filtered by", "[options]")
{
    Options options = parse_address("/app/playbooks/runs/r", "?api=%2Fother&q=x&state=failed&type=DATA&step=a");
    options.page = "https://host/app/playbooks/runs/r";
    CHECK(link_to_step(options, "b c") == "https://host/app/playbooks/runs/r?api=%2Fother&step=b%20c");
}

TEST_CASE("what the user changes counts also where the address named it twice", "[options]")
{
    std::string_view const original = "?step=a&run=r&step=b&theme=light&theme=neon&theme=dark&x=1&x=2";
    Options options = parse_address("/index.html", original);
    CHECK(options.step == "b");
    CHECK(format_address(options) == "step=b&run=r&theme=dark&x=1&x=2");
    options.step = "c";
    options.theme = ThemeChoice::System;
    CHECK(format_address(options) == "step=c&run=r&x=1&x=2");
}
