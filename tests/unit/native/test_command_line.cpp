#include "native/command_line.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace pev;
using native::CommandLine;
using native::Moment;
using native::parse_command_line;

namespace {

using Arguments = std::vector<std::string>;

CommandLine parse(Arguments const& arguments, native::EnvironmentVariables const& environment = {})
{
    auto line = parse_command_line(arguments, environment);
    INFO((line ? "" : line.error().message));
    REQUIRE(line);
    return *std::move(line);
}

std::string complaint(Arguments const& arguments, native::EnvironmentVariables const& environment = {})
{
    auto const line = parse_command_line(arguments, environment);
    return line ? "" : line.error().message;
}

// The options that make a whole with what is under test.
Arguments with_run(Arguments arguments)
{
    arguments.insert(arguments.end(), {"--run", "r", "--api", "https://api.test/api/v1"});
    return arguments;
}

} // namespace

TEST_CASE("options are those of the page", "[native][options]")
{
    CommandLine const line
        = parse({"--run", "a b", "--api=https://api.test/v1/", "--profile", "app", "--stream", "off", "--step", "k&x=1",
            "--q", "50%", "--state=failed,running", "--type", "AGENT", "--theme", "dark", "--tz", "utc"});
    CHECK(line.options.run == "a b");
    CHECK(line.options.api == "https://api.test/v1");
    CHECK(line.options.profile == Profile::App);
    CHECK_FALSE(line.options.stream);
    CHECK(line.options.step == "k&x=1");
    CHECK(line.options.search == "50%");
    CHECK(line.options.states == Arguments{"failed", "running"});
    CHECK(line.options.types == Arguments{"AGENT"});
    CHECK(line.options.theme == ThemeChoice::Dark);
    CHECK(line.options.time_zone == TimeZoneChoice::Utc);
    CHECK_FALSE(line.offscreen());
}

TEST_CASE("the page's address says it all", "[native][options]")
{
    struct Case {
        std::string address;
        std::string run;
        std::string api;
    };
    auto const c = GENERATE(
        Case{"https://app.test/app/playbooks/runs/8f3b?step=x#top", "8f3b", "https://app.test/api/v1"},
        Case{"http://127.0.0.1:8080/viewer/index.html?run=8f3b&step=x&api=/api", "8f3b", "http://127.0.0.1:8080/api"},
        Case{"https://app.test/deep/index.html?run=8f3b&step=x&api=api", "8f3b", "https://app.test/deep/api"},
        Case{"https://app.test?run=8f3b&step=x&api=https://api.test/v2/", "8f3b", "https://api.test/v2"},
        Case{"HTTPS://app.test/app/playbooks/runs/8f3b?step=x&api=//api.test/v2", "8f3b", "https://api.test/v2"});
    INFO(c.address);
    CommandLine const line = parse({c.address});
    CHECK(line.options.run == c.run);
    CHECK(line.options.api == c.api);
    CHECK(line.options.step == "x");
}

TEST_CASE("an option wins over the address", "[native][options]")
{
    CommandLine const line = parse({"--step", "y", "https://app.test/app/playbooks/runs/8f3b?step=x&theme=dark",
        "--theme", "light", "--api", "https://api.test/v1"});
    CHECK(line.options.step == "y");
    CHECK(line.options.theme == ThemeChoice::Light);
    CHECK(line.options.api == "https://api.test/v1");
}

TEST_CASE("pictures, recordings and moments", "[native][options]")
{
    CommandLine const line = parse({"--replay", "f.json", "--screenshot", "o.png", "--size", "420x900", "--scale", "2",
        "--until", "12.5", "--speed", "4", "--timeout", "9"});
    CHECK(line.replay == "f.json");
    CHECK(line.screenshot == "o.png");
    CHECK(line.offscreen());
    CHECK(line.width == 420);
    CHECK(line.height == 900);
    CHECK(line.scale == 2);
    REQUIRE(line.until);
    CHECK(line.until->kind == Moment::Kind::After);
    CHECK(line.until->after == std::chrono::milliseconds{12500});
    CHECK(line.speed.factor == 4);
    CHECK(line.timeout == std::chrono::seconds{9});
    CHECK(parse({"--replay", "f", "--speed", "step"}).speed.by_step);
    CHECK(parse({"--replay", "f", "--speed", "fast"}).speed.factor > 1);
    CHECK(parse(with_run({"--dump-tree", "--until", "live"})).until->kind == Moment::Kind::Live);
}

TEST_CASE("help and version need nothing else", "[native][options]")
{
    CHECK(parse({"--help"}).task == CommandLine::Task::Help);
    CHECK(parse({"-h"}).task == CommandLine::Task::Help);
    CHECK(parse({"--version", "--run", "x"}).task == CommandLine::Task::Version);
}

TEST_CASE("every option stands in the help", "[native][options]")
{
    std::string const help = native::help_text();
    for (std::string_view const name : {"run", "api", "profile", "stream", "memory", "step", "q", "state", "type",
             "theme", "tz", "replay", "speed", "size", "scale", "cookie", "cookie-file", "token-file", "ca-file",
             "screenshot", "dump-tree", "until", "timeout", "help", "version"}) {
        INFO(name);
        CHECK(help.find("\n  --" + std::string{name} + " ") != std::string::npos);
    }
    for (std::size_t at = 0; at < help.size();) {
        std::size_t const end = help.find('\n', at);
        CHECK(end - at <= 100);
        at = end + 1;
    }
}

TEST_CASE("what makes no sense is refused in one line that names the option", "[native][options]")
{
    struct Case {
        Arguments arguments;
        std::string part;
    };
    auto const c = GENERATE(Case{{}, "nothing to show"}, Case{{"--bogus"}, "no option --bogus"},
        Case{{"--bogus=secret"}, "no option --bogus;"}, Case{{"-x"}, "no option -x"}, Case{{"--"}, "no option --"},
        Case{{"--run"}, "--run needs a value"}, Case{{"--run", "x"}, "--run needs --api"},
        Case{{"--run", "x", "--api", "/api/v1"}, "--api takes"},
        Case{{"--run", "x", "--api", "ftp://a/b"}, "--api takes"}, Case{{"--api", "http://a"}, "nothing to show"},
        Case{{"--help=1"}, "--help takes no value"}, Case{{"address"}, "not an http or https address"},
        Case{{"http://a/?run=1", "http://b"}, "one address"},
        Case{with_run({"--theme", "pink"}), "--theme takes light, dark or system"},
        Case{with_run({"--theme", "light dark"}), "--theme takes"}, Case{with_run({"--stream", ""}), "on or off"},
        Case{with_run({"--size", "1440"}), "--size takes"}, Case{with_run({"--size", "0x900"}), "--size takes"},
        Case{with_run({"--size", "1440x99999999999"}), "--size takes"},
        Case{with_run({"--scale", "nan"}), "--scale takes"}, Case{with_run({"--scale", "1e9"}), "--scale takes"},
        Case{with_run({"--until", "soon"}), "--until takes"}, Case{with_run({"--until", "-1"}), "--until takes"},
        Case{with_run({"--timeout", "0"}), "--timeout takes"},
        Case{with_run({"--timeout", "5"}), "--timeout is for --until"},
        Case{with_run({"--until", "end"}), "--until end is for --replay"},
        Case{with_run({"--speed", "2"}), "--speed is for --replay"},
        Case{{"--replay", "f", "--speed", "0"}, "--speed takes"},
        Case{{"--replay", "f", "--speed", "1.2.3"}, "--speed takes"},
        Case{{"--replay", "f", "--run", "x"}, "--replay goes without --run"},
        Case{{"--replay", "f", "http://a/?run=1"}, "--replay goes without an address"},
        Case{{"--replay", "f", "--dump-tree", "--speed", "step"}, "needs a window"},
        Case{{"--replay", ""}, "--replay takes"},
        Case{with_run({"--cookie", "a=b", "--cookie-file", "f"}), "not both"});
    std::string const words = complaint(c.arguments);
    INFO(words);
    CHECK(words.find(c.part) != std::string::npos);
    CHECK(words.find('\n') == std::string::npos);
    CHECK(words.find("secret") == std::string::npos);
}

TEST_CASE("credentials come from the environment unless an option has them", "[native][options]")
{
    native::EnvironmentVariables const environment{.cookie = "a=env", .token = "env"};
    CommandLine const from_environment = parse(with_run({}), environment);
    CHECK(from_environment.cookie == "a=env");
    CHECK(from_environment.token == "env");
    CommandLine const from_options = parse(with_run({"--cookie", "a=opt", "--token-file", "f"}), environment);
    CHECK(from_options.cookie == "a=opt");
    CHECK(from_options.token.empty());
    CHECK(from_options.token_file == "f");
    CHECK(parse(with_run({"--cookie-file", "f"}), environment).cookie.empty());
}

TEST_CASE("no complaint tells a secret", "[native][options]")
{
    for (std::string const& words : {complaint(with_run({"--cookie", "s3cret\nx"})),
             complaint(with_run({"--cookie=s3cret\x01"})), complaint(with_run({}), {.cookie = "s3cret\n", .token = ""}),
             complaint(with_run({}), {.cookie = "", .token = "s3cret\r\nHost: x"}),
             complaint({"--cookie", "s3cret", "--replay", "f"}), complaint({"--cookie", "s3cret"})}) {
        INFO(words);
        CHECK_FALSE(words.empty());
        CHECK(words.find("s3cret") == std::string::npos);
        CHECK(words.find('\n') == std::string::npos);
    }
}

TEST_CASE("arguments with secrets are known, so that they can be wiped", "[native][options]")
{
    CHECK(native::secret_arguments({"--run", "x", "--cookie", "a=b", "--cookie=c=d", "--cookie-file", "f"})
        == std::vector<std::size_t>{3, 4});
    CHECK(native::secret_arguments({"stream", "--header", "X: secret", "--header=Y: secret"})
        == std::vector<std::size_t>{2, 3});
    CHECK(native::secret_arguments({"--cookie"}).empty());
}
