#include "native/stream_command.h"

#include "shared/base/text.h"
#include "shared/json/json_tree.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <optional>
#include <utility>
#include <variant>

namespace pev::native {

namespace {

    using Milliseconds = std::chrono::milliseconds;

    constexpr std::string_view kHelp = R"(Usage: pev stream URL [OPTIONS]

Prints each event, comment and error of an event stream (text/event-stream) as a line of JSON, and reconnects as a browser
does. The line "restart" on the standard input reconnects at once.

  --header 'NAME: VALUE'    sent with each request; Authorization and Cookie to the URL's origin only. May be repeated
  --last-event-id ID        begin behind this event
  --initial-delay-ms N      wait so long to reconnect, until the server says otherwise (3000)
  --read-timeout-ms N       reconnect when nothing was heard for so long (never)
  --ca-file FILE            trust the certificate authorities in it, in place of the system's
  --help                    print this

Exit codes: 1 the server ended or refused the stream for good, 2 wrong options.
)";

    std::optional<Milliseconds> milliseconds_of(std::string_view text)
    {
        constexpr int kMost = 86'400'000; // a day
        int value = 0;
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > kMost)
            return std::nullopt;
        return Milliseconds{value};
    }

    bool is_secret(HttpHeader const& header)
    {
        std::string const name = ascii_lower(header.name);
        return name == "authorization" || name == "cookie" || name == "proxy-authorization";
    }

    // Empty: taken. Otherwise what is wrong with the value.
    std::string take_option(std::string_view name, std::string const& value, StreamCommand& command)
    {
        EventStream::Settings& settings = command.settings;
        if (name == "--header") {
            auto header = parse_header(value);
            if (!header)
                return "is no header: it must be one line, 'NAME: VALUE'";
            auto& headers = is_secret(*header) ? settings.request.credentials : settings.request.headers;
            headers.push_back(*std::move(header));
        } else if (name == "--last-event-id") {
            if (!is_header_value(value))
                return "must be one line";
            settings.last_event_id = value;
        } else if (name == "--ca-file") {
            command.http.certificate_file = value;
        } else {
            auto const time = milliseconds_of(value);
            bool const is_timeout = name == "--read-timeout-ms";
            if (!time || (is_timeout && time->count() == 0))
                return "must be a whole number of milliseconds, at most a day";
            if (is_timeout)
                settings.read_timeout = time;
            else
                settings.initial_delay = *time;
        }
        return {};
    }

    Error wrong_value(std::string const& name, std::string const& fault)
    {
        return Error{"stream: the value of " + name + " " + fault};
    }

    bool print_line(std::string line)
    {
        line += '\n';
        return std::fwrite(line.data(), 1, line.size(), stdout) == line.size() && std::fflush(stdout) == 0;
    }

    // The lines of the standard input, as far as they have come.
    class InputLines {
    public:
        // -1 once it has ended.
        int descriptor() const { return ended_ ? -1 : STDIN_FILENO; }

        // Call it when there is something to read.
        std::vector<std::string> read()
        {
            std::array<char, 1024> buffer{};
            ssize_t const size = ::read(STDIN_FILENO, buffer.data(), buffer.size());
            ended_ = size <= 0;
            if (!ended_)
                pending_.append(buffer.data(), static_cast<std::size_t>(size));
            std::vector<std::string> lines;
            for (std::size_t end = pending_.find('\n'); end != std::string::npos; end = pending_.find('\n')) {
                lines.push_back(pending_.substr(0, end));
                pending_.erase(0, end + 1);
            }
            return lines;
        }

    private:
        bool ended_ = false;
        std::string pending_;
    };

    int follow(StreamCommand command)
    {
        std::optional<std::string> end; // why it is over
        bool reader_is_gone = false;
        HttpLoop loop{std::move(command.http)};
        auto const tell = [&](auto const& news) { reader_is_gone |= !print_line(to_line(news)); };
        EventStream stream{loop, std::move(command.settings), [&](EventStream::News const& news) {
                               if (auto const* const message = std::get_if<SseMessage>(&news))
                                   tell(*message);
                               else if (auto const* const comment = std::get_if<SseComment>(&news))
                                   tell(*comment);
                               else if (auto const* const lost = std::get_if<EventStream::Lost>(&news)) {
                                   tell(*lost);
                                   if (!lost->reopens)
                                       end = lost->reason;
                               }
                           }};
        InputLines input;
        while (!end && !reader_is_gone) {
            stream.tick(EventStream::Clock::now());
            auto const now = EventStream::Clock::now();
            auto const next = stream.next_timer().value_or(now + std::chrono::hours{1});
            bool const has_input
                = loop.run(std::chrono::ceil<Milliseconds>(std::max(next, now) - now), input.descriptor());
            if (!has_input)
                continue;
            for (std::string const& line : input.read()) {
                if (line == "restart")
                    stream.restart();
                else
                    std::fprintf(stderr, "pev: stream: there is no command %s\n", one_line(line, 40).c_str());
            }
        }
        if (end)
            std::fprintf(stderr, "pev: stream: %s\n", end->c_str());
        return 1;
    }

} // namespace

Result<StreamCommand> parse_stream_command(std::vector<std::string> const& arguments)
{
    static constexpr std::array<std::string_view, 5> kOptions{
        "--header", "--last-event-id", "--initial-delay-ms", "--read-timeout-ms", "--ca-file"};
    StreamCommand command;
    std::string& url = command.settings.request.url;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string const& argument = arguments[i];
        if (argument == "--help" || argument == "-h") {
            command.help = true;
            return command;
        }
        if (!argument.starts_with('-')) {
            if (!url.empty())
                return Error{"stream: one URL is enough; see pev stream --help"};
            url = argument;
            continue;
        }
        std::size_t const equals = argument.find('=');
        std::string const name = argument.substr(0, equals);
        if (std::ranges::find(kOptions, name) == kOptions.end())
            return Error{"stream: there is no option " + one_line(name, 40) + "; see pev stream --help"};
        if (equals == std::string::npos && i + 1 == arguments.size())
            return Error{"stream: " + name + " needs a value"};
        std::string const value = equals == std::string::npos ? arguments[++i] : argument.substr(equals + 1);
        if (std::string const fault = take_option(name, value, command); !fault.empty())
            return wrong_value(name, fault);
    }
    command.settings.request.credentials_origin = origin_of(url);
    if (!command.settings.request.credentials_origin)
        return Error{
            url.empty() ? "stream: which URL? See pev stream --help" : "stream: the URL is no http or https address"};
    return command;
}

std::string to_line(SseMessage const& message)
{
    return R"({"kind":"event","event":{"type":)" + json_quote(message.type) + R"(,"data":)" + json_quote(message.data)
        + R"(,"id":)" + json_quote(message.id) + "}}";
}

std::string to_line(SseComment const& comment)
{
    return R"({"kind":"comment","comment":)" + json_quote(comment.text) + "}";
}

std::string to_line(EventStream::Lost const& lost)
{
    return R"({"kind":"error","comment":)" + json_quote(lost.reason) + "}";
}

int run_stream_command(std::vector<std::string> const& arguments)
{
    auto command = parse_stream_command(arguments);
    if (!command) {
        std::fprintf(stderr, "pev: %s\n", command.error().message.c_str());
        return 2;
    }
    if (command->help) {
        std::fwrite(kHelp.data(), 1, kHelp.size(), stdout);
        return 0;
    }
    return follow(std::move(*command));
}

} // namespace pev::native
