#include "native/command_line.h"

#include "native/net/http.h"
#include "native/net/url.h"
#include "shared/app/version.h"
#include "shared/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>

namespace pev::native {

namespace {

    struct Option {
        std::string_view name;
        std::string_view value; // what stands for it in the help; empty: it takes none
        std::string_view help;
        // The option belongs to the page's address, under the same name; `choices` are its values where they are known.
        bool of_page = false;
        std::string_view choices; // separated by spaces
    };

    constexpr std::array kRunOptions{
        Option{"run", "ID", "the run's id", true, {}},
        Option{"api", "URL", "where the REST calls begin, e.g. https://api.example.com/api/v1", true, {}},
        Option{"profile", "NAME", "api, or app where the stream's address is asked for first (api)", true, "api app"},
        Option{"stream", "on|off", "live by an event stream, or by polling (on)", true, "on off"},
        Option{"memory", "MB", "what a run may take; then the oldest log lines are dropped (256)", true, {}},
    };
    constexpr std::array kReplayOptions{
        Option{"replay", "FILE",
            "play a recording: a run document, or NAME of NAME.initial.json,\n"
            "NAME.stream.ndjson and NAME.final.json",
            false, {}},
        Option{"speed", "SPEED",
            "real, fast, a number of times, or step: then the key N\n"
            "brings the next event (real)",
            false, {}},
    };
    constexpr std::array kViewOptions{
        Option{"step", "KEY", "the step to select (the failed or running one); KEY~2: second of that key", true, {}},
        Option{"q", "TEXT", "search for it", true, {}},
        Option{"state", "LIST", "show steps in these states only, separated by commas", true, {}},
        Option{"type", "LIST", "show steps of these types only", true, {}},
        Option{"theme", "NAME", "light, dark or system (system)", true, "light dark system"},
        Option{"tz", "ZONE", "times in local or utc (local)", true, "local utc"},
        Option{"size", "WxH", "of the window or picture, in units of a page's pixels (1440x900)", false, {}},
        Option{"scale", "N", "device pixels in each of them (as the screen has it; 1)", false, {}},
    };
    constexpr std::array kAccessOptions{
        Option{"cookie", "TEXT", "the Cookie header: name=value; …", false, {}},
        Option{"cookie-file", "FILE", "the same out of a file", false, {}},
        Option{"token-file", "FILE", "a bearer token out of a file", false, {}},
        Option{"ca-file", "FILE", "trust the certificate authorities in it, in place of the system's", false, {}},
    };
    constexpr std::array kPictureOptions{
        Option{"screenshot", "FILE", "write a PNG", false, {}},
        Option{"dump-tree", "", "print what is on screen as text: roles, names, values", false, {}},
        Option{"until", "WHEN",
            "take it, or close the window, once the run is ready, live or final,\n"
            "at the end of a recording, or after so many seconds\n"
            "(a picture: ready, or the end of a recording; a window: never)",
            false, {}},
        Option{"timeout", "SECONDS", "give up waiting for that (a picture: 60; a window: never)", false, {}},
    };
    constexpr std::array kOtherOptions{
        Option{"help", "", "print this", false, {}},
        Option{"version", "", "print the version", false, {}},
    };

    struct Group {
        std::string_view title;
        std::span<Option const> options;
    };
    constexpr std::array kGroups{
        Group{"The run", kRunOptions},
        Group{"A recording in its place", kReplayOptions},
        Group{"What to show", kViewOptions},
        Group{"Access; the origin of the API gets to see it, and nobody else", kAccessOptions},
        Group{"Without a window", kPictureOptions},
        Group{"Other", kOtherOptions},
    };

    Option const* option_named(std::string_view name)
    {
        for (Group const& group : kGroups) {
            for (Option const& option : group.options) {
                if (option.name == name)
                    return &option;
            }
        }
        return nullptr;
    }

    struct Argument {
        Option const* option; // null: an address
        std::string value;
    };

    std::string dashed(Option const& option)
    {
        return "--" + std::string{option.name};
    }

    Result<std::vector<Argument>> split(std::vector<std::string> const& arguments)
    {
        std::vector<Argument> found;
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            std::string_view const argument = arguments[i];
            if (!argument.starts_with('-')) {
                found.push_back({nullptr, arguments[i]});
                continue;
            }
            std::size_t const equals = argument.find('=');
            std::string_view const word = argument.substr(0, equals);
            Option const* const option = word == "-h" ? option_named("help")
                : word.starts_with("--")              ? option_named(word.substr(2))
                                                      : nullptr;
            if (option == nullptr)
                return Error{"there is no option " + one_line(word, 40) + "; see pev --help"};
            if (option->value.empty()) {
                if (equals != std::string_view::npos)
                    return Error{dashed(*option) + " takes no value"};
                found.push_back({option, {}});
            } else if (equals != std::string_view::npos) {
                found.push_back({option, std::string{argument.substr(equals + 1)}});
            } else if (i + 1 < arguments.size()) {
                found.push_back({option, arguments[++i]});
            } else {
                return Error{dashed(*option) + " needs a value: " + dashed(*option) + " " + std::string{option->value}};
            }
        }
        return found;
    }

    // The whole text as a finite number.
    std::optional<double> number_of(std::string_view text)
    {
        // libc++ has no from_chars for fractions yet, and strtod() takes spaces and hexadecimal too.
        bool const plain = !text.empty() && text.size() < 20
            && text.find_first_not_of("0123456789.") == std::string_view::npos && text != ".";
        if (!plain || std::ranges::count(text, '.') > 1)
            return std::nullopt;
        return std::strtod(std::string{text}.c_str(), nullptr);
    }

    std::optional<int> whole_number_of(std::string_view text)
    {
        int value = 0;
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end != text.data() + text.size())
            return std::nullopt;
        return value;
    }

    std::optional<Speed> speed_of(std::string_view text)
    {
        constexpr double kFast = 20;
        constexpr double kFastest = 1000;
        if (text == "real")
            return Speed{};
        if (text == "fast")
            return Speed{.factor = kFast};
        if (text == "step")
            return Speed{.factor = 0, .by_step = true};
        auto const factor = number_of(text);
        if (!factor || *factor <= 0 || *factor > kFastest)
            return std::nullopt;
        return Speed{.factor = *factor};
    }

    std::optional<Moment> moment_of(std::string_view text)
    {
        using Kind = Moment::Kind;
        for (auto const& [word, kind] : {std::pair{"ready", Kind::Ready}, std::pair{"live", Kind::Live},
                 std::pair{"final", Kind::Final}, std::pair{"end", Kind::End}}) {
            if (text == word)
                return Moment{.kind = kind};
        }
        constexpr double kLongest = 1e6;
        auto const seconds = number_of(text);
        if (!seconds || *seconds > kLongest)
            return std::nullopt;
        return Moment{.kind = Kind::After,
            .after = std::chrono::duration_cast<Duration>(std::chrono::duration<double>{*seconds})};
    }

    bool read_size(std::string_view text, CommandLine& line)
    {
        constexpr int kSmallest = 100;
        constexpr int kLargest = 8000;
        std::size_t const times = text.find('x');
        if (times == std::string_view::npos)
            return false;
        auto const width = whole_number_of(text.substr(0, times));
        auto const height = whole_number_of(text.substr(times + 1));
        auto const fits = [](std::optional<int> side) { return side && *side >= kSmallest && *side <= kLargest; };
        if (!fits(width) || !fits(height))
            return false;
        line.width = static_cast<float>(*width);
        line.height = static_cast<float>(*height);
        return true;
    }

    bool read_scale(std::string_view text, CommandLine& line)
    {
        auto const scale = number_of(text);
        if (!scale || *scale < 0.5 || *scale > 4)
            return false;
        line.scale = static_cast<float>(*scale);
        return true;
    }

    bool read_timeout(std::string_view text, CommandLine& line)
    {
        auto const seconds = whole_number_of(text);
        if (!seconds || *seconds < 1 || *seconds > 1'000'000)
            return false;
        line.timeout = std::chrono::seconds{*seconds};
        return true;
    }

    // A sentence about what the option takes; empty where the value is fine.
    std::string read_value(Argument const& argument, CommandLine& line)
    {
        std::string_view const name = argument.option->name;
        std::string const& value = argument.value;
        if (name == "speed") {
            auto const speed = speed_of(value);
            line.speed = speed.value_or(Speed{});
            return speed ? "" : "real, fast, step or a number up to 1000";
        }
        if (name == "until") {
            line.until = moment_of(value);
            return line.until ? "" : "ready, live, final, end or a number of seconds";
        }
        if (name == "size")
            return read_size(value, line) ? "" : "a size such as 1440x900, each side from 100 to 8000";
        if (name == "scale")
            return read_scale(value, line) ? "" : "a number from 0.5 to 4";
        if (name == "timeout")
            return read_timeout(value, line) ? "" : "a number of seconds";
        if (name == "dump-tree") {
            line.dump_tree = true;
            return {};
        }
        if (name == "help" || name == "version") {
            line.task = name == "help" ? CommandLine::Task::Help : CommandLine::Task::Version;
            return {};
        }
        if (name == "cookie") {
            line.cookie = value;
            return is_header_value(value) ? "" : "one line";
        }
        for (auto const& [option, target] :
            {std::pair{"replay", &CommandLine::replay}, std::pair{"screenshot", &CommandLine::screenshot},
                std::pair{"cookie-file", &CommandLine::cookie_file}, std::pair{"token-file", &CommandLine::token_file},
                std::pair{"ca-file", &CommandLine::certificate_file}}) {
            if (name == option) {
                line.*target = value;
                return value.empty() ? "the name of a file" : "";
            }
        }
        return {};
    }

    std::string list_of(std::string_view choices)
    {
        std::string list{choices};
        std::size_t const last = list.rfind(' ');
        for (std::size_t at = list.find(' '); at < last; at = list.find(' ', at + 2))
            list.replace(at, 1, ", ");
        return list.replace(list.rfind(' '), 1, " or ");
    }

    bool is_choice(std::string_view choices, std::string_view value)
    {
        std::string const spaced = " " + std::string{choices} + " ";
        return value.find(' ') == std::string_view::npos
            && spaced.find(" " + std::string{value} + " ") != std::string::npos;
    }

    // "https://host/a/b?c=d#e": what the page's script would see of it.
    struct PageAddress {
        std::string path;
        std::string query;
    };
    PageAddress page_address(std::string_view url)
    {
        url = url.substr(0, url.find('#'));
        std::string_view const after_scheme = url.substr(url.find("://") + 3);
        std::string_view const after_host
            = after_scheme.substr(std::min(after_scheme.size(), after_scheme.find_first_of("/?")));
        std::size_t const question = after_host.find('?');
        return {.path = std::string{after_host.substr(0, question)},
            .query = question == std::string_view::npos ? "" : std::string{after_host.substr(question + 1)}};
    }

    // Page and options make one query; an option wins over the page's parameter of its name, being read later.
    std::optional<Error> read_run(std::vector<Argument> const& arguments, CommandLine& line)
    {
        std::string page;
        PageAddress address;
        for (Argument const& argument : arguments) {
            if (argument.option != nullptr)
                continue;
            if (!page.empty())
                return Error{"one address is enough: " + one_line(argument.value, 80)};
            page = argument.value;
            if (!origin_of(page))
                return Error{"not an http or https address: " + one_line(page, 80)};
            address = page_address(page);
        }
        for (Argument const& argument : arguments) {
            if (argument.option == nullptr || !argument.option->of_page)
                continue;
            Option const& option = *argument.option;
            if (!option.choices.empty() && !is_choice(option.choices, argument.value))
                return Error{dashed(option) + " takes " + list_of(option.choices)};
            address.query.append("&").append(option.name).append("=").append(percent_encode(argument.value));
        }
        line.options = parse_address(address.path, address.query);
        if (!page.empty()) {
            auto api = resolve_url(page, line.options.api);
            if (!api)
                return Error{"not an address of an API: " + one_line(line.options.api, 80)};
            line.options.api = std::move(*api);
            line.options.page = page.substr(0, page.find_first_of("?#"));
        }
        return std::nullopt;
    }

    bool given(std::vector<Argument> const& arguments, std::string_view name)
    {
        return std::ranges::any_of(arguments,
            [&](Argument const& argument) { return argument.option != nullptr && argument.option->name == name; });
    }

    bool page_given(std::vector<Argument> const& arguments)
    {
        return std::ranges::any_of(arguments, [](Argument const& argument) { return argument.option == nullptr; });
    }

    // What does not go with a recording.
    std::optional<Error> check_replay(std::vector<Argument> const& arguments, CommandLine const& line)
    {
        for (std::string_view const other :
            {"run", "api", "profile", "cookie", "cookie-file", "token-file", "ca-file"}) {
            if (given(arguments, other))
                return Error{"--replay goes without --" + std::string{other}};
        }
        if (page_given(arguments))
            return Error{"--replay goes without an address"};
        if (line.speed.by_step && line.offscreen())
            return Error{"--speed step needs a window with keys to press"};
        return std::nullopt;
    }

    // What a run from an API needs, and what does not go with it.
    std::optional<Error> check_api(std::vector<Argument> const& arguments, CommandLine const& line)
    {
        if (given(arguments, "speed"))
            return Error{"--speed is for --replay"};
        if (line.until && line.until->kind == Moment::Kind::End)
            return Error{"--until end is for --replay"};
        if (line.options.run.empty())
            return Error{
                "nothing to show: give the page's address, --run ID and --api URL, or --replay FILE; see pev --help"};
        if (!origin_of(line.options.api))
            return Error{page_given(arguments) || given(arguments, "api")
                    ? "--api takes an http or https address"
                    : "--run needs --api URL: where the REST calls begin"};
        if (given(arguments, "cookie") && given(arguments, "cookie-file"))
            return Error{"--cookie or --cookie-file, not both"};
        return std::nullopt;
    }

    std::optional<Error> check(std::vector<Argument> const& arguments, CommandLine const& line)
    {
        if (line.timeout && !line.until && !line.offscreen())
            return Error{"--timeout is for --until, --screenshot and --dump-tree"};
        return line.replay.empty() ? check_api(arguments, line) : check_replay(arguments, line);
    }

} // namespace

Result<CommandLine> parse_command_line(
    std::vector<std::string> const& arguments, EnvironmentVariables const& environment)
{
    auto const found = split(arguments);
    if (!found)
        return found.error();
    CommandLine line;
    for (Argument const& argument : *found) {
        if (argument.option == nullptr)
            continue;
        if (std::string const takes = read_value(argument, line); !takes.empty())
            return Error{dashed(*argument.option) + " takes " + takes};
    }
    if (line.task != CommandLine::Task::Show)
        return line;
    if (auto error = read_run(*found, line))
        return std::move(*error);
    if (auto error = check(*found, line))
        return std::move(*error);
    if (line.cookie.empty() && line.cookie_file.empty())
        line.cookie = environment.cookie;
    if (line.token_file.empty())
        line.token = environment.token;
    for (auto const& [name, secret] : {std::pair{"PEV_COOKIE", &line.cookie}, std::pair{"PEV_TOKEN", &line.token}}) {
        if (!is_header_value(*secret))
            return Error{std::string{name} + " is not one line of text"};
    }
    return line;
}

std::vector<std::size_t> secret_arguments(std::vector<std::string> const& arguments)
{
    std::vector<std::size_t> secrets;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        bool const in_next = arguments[i] == "--cookie" || arguments[i] == "--header";
        if (in_next && i + 1 < arguments.size())
            secrets.push_back(++i);
        else if (arguments[i].starts_with("--cookie=") || arguments[i].starts_with("--header="))
            secrets.push_back(i);
    }
    return secrets;
}

std::string help_text()
{
    std::string text = "Shows a playbook run, live or recorded.\n"
                       "\n"
                       "    pev [OPTION]... https://app.example.com/app/playbooks/runs/ID?step=KEY\n"
                       "    pev [OPTION]... --run ID --api URL\n"
                       "    pev [OPTION]... --replay FILE\n"
                       "    pev stream URL                an event stream as lines of JSON; see pev stream --help\n";
    constexpr std::size_t kColumn = 22;
    for (Group const& group : kGroups) {
        text.append("\n").append(group.title).append("\n");
        for (Option const& option : group.options) {
            std::string head = "  --" + std::string{option.name} + " " + std::string{option.value};
            head.resize(std::max(head.size() + 1, kColumn), ' ');
            text += head;
            for (char const c : option.help)
                text.append(c == '\n' ? "\n" + std::string(kColumn, ' ') : std::string{c});
            text += "\n";
        }
    }
    return text
        + "\n"
          "Environment\n"
          "  PEV_COOKIE          as --cookie, which other users could read off a list of processes\n"
          "  PEV_TOKEN           a bearer token\n"
          "\n"
          "Exit code\n"
          "  0 done   1 the run can't be shown   2 wrong options\n"
          "  3 a file can't be read or written, or a recording is broken   4 no fonts, no display or no OpenGL\n";
}

std::string version_text()
{
    return "pev " + std::string{version()} + "\n";
}

} // namespace pev::native
