#include "native/program.h"

#include "native/files.h"
#include "native/freetype_glyphs.h"
#include "native/offscreen.h"
#include "native/stream_command.h"
#include "native/viewer.h"
#include "native/window.h"

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>
#include <utility>

namespace pev::native {

namespace {

    // How long a picture is waited for.
    constexpr std::chrono::seconds kPatience{60};

    struct Failure {
        ExitCode code;
        std::string message;
    };

    // What a thread of the network rings to have the main thread look.
    class Bell {
    public:
        void ring()
        {
            {
                std::scoped_lock const lock(mutex_);
                rung_ = true;
            }
            changed_.notify_one();
        }
        void wait(std::chrono::duration<double> at_most)
        {
            std::unique_lock lock(mutex_);
            changed_.wait_for(lock, at_most, [this] { return rung_; });
            rung_ = false;
        }

    private:
        std::mutex mutex_;
        std::condition_variable changed_;
        bool rung_ = false;
    };

    std::optional<Failure> read_secret(std::string const& path, std::string& secret)
    {
        if (path.empty())
            return std::nullopt;
        auto text = read_file(path);
        if (!text)
            return Failure{ExitCode::File, text.error().message};
        secret = text->substr(0, text->find_last_not_of(" \t\r\n") + 1);
        if (secret.empty() || !is_header_value(secret))
            return Failure{ExitCode::File, path + ": not one line of text"};
        return std::nullopt;
    }

    std::optional<Failure> read_secrets(CommandLine& line)
    {
        if (auto failure = read_secret(line.cookie_file, line.cookie))
            return failure;
        return read_secret(line.token_file, line.token);
    }

    NetworkSettings network_settings(CommandLine const& line)
    {
        NetworkSettings settings;
        settings.api_url = line.options.api;
        settings.credentials = {.cookie = line.cookie, .bearer_token = line.token};
        settings.http.certificate_file = line.certificate_file;
        return settings;
    }

    // Lets the recording's time go by without waiting for it.
    bool play(Viewer& viewer, Moment const& moment)
    {
        // A live run is looked after for ever. What has not come by then does not come.
        constexpr auto kSettles = std::chrono::minutes{2};
        Instant const last = viewer.source().player()->end() + kSettles + moment.after;
        while (!viewer.reached(moment)) {
            if (viewer.catch_up())
                continue;
            auto const next = viewer.next_due();
            if (!next || *next > last)
                return false;
            viewer.clock().jump_to(*next);
        }
        return true;
    }

    bool wait(Viewer& viewer, Moment const& moment, Bell& bell, std::chrono::seconds timeout)
    {
        constexpr std::chrono::duration<double> kLongest = std::chrono::seconds{1};
        auto const end = std::chrono::steady_clock::now() + timeout;
        while (true) {
            while (viewer.catch_up()) {}
            if (viewer.reached(moment))
                return true;
            if (std::chrono::steady_clock::now() >= end)
                return false;
            auto const next = viewer.next_due();
            bell.wait(std::min(kLongest, next ? viewer.clock().until(*next).value_or(kLongest) : kLongest));
        }
    }

    Result<std::unique_ptr<FreeTypeGlyphs>> open_system_fonts()
    {
        auto files = system_fonts();
        if (!files)
            return files.error();
        return FreeTypeGlyphs::open(std::move(*files));
    }

    std::optional<Failure> take_picture(CommandLine const& line, Viewer const& viewer, ui::GlyphSource& glyphs)
    {
        Offscreen screen{{.width = line.width, .height = line.height, .scale = line.scale.value_or(1)}, glyphs};
        ui::Environment environment;
        environment.local_offset = local_offset;
        screen.draw(viewer.state(), viewer.clock().now(), environment);
        if (!line.screenshot.empty()) {
            if (auto const error = write_png(line.screenshot, screen.picture()))
                return Failure{ExitCode::File, error->message};
        }
        if (line.dump_tree) {
            if (auto const error = print(to_text(screen.semantics())))
                return Failure{ExitCode::File, error->message};
        }
        return std::nullopt;
    }

    // What keeps the moment from having come.
    std::string missed(Moment const& moment)
    {
        switch (moment.kind) {
        case Moment::Kind::Ready:
            return "the run is not there";
        case Moment::Kind::Live:
            return "no stream is open";
        case Moment::Kind::Final:
            return "the run is not over";
        case Moment::Kind::End:
        case Moment::Kind::After:
            break;
        }
        return "the moment has not come";
    }

    std::optional<Failure> judge(Viewer const& viewer, std::optional<Moment> until, bool in_time)
    {
        if (std::string why = viewer.failure(); !why.empty())
            return Failure{ExitCode::NoRun, std::move(why)};
        if (!in_time && until)
            return Failure{ExitCode::NoRun, "gave up waiting: " + missed(*until)};
        return std::nullopt;
    }

    std::optional<Failure> show_offscreen(CommandLine const& line, Viewer& viewer, Bell& bell, ui::GlyphSource& glyphs)
    {
        bool const recorded = viewer.source().player() != nullptr;
        Moment const moment = line.until.value_or(Moment{.kind = recorded ? Moment::Kind::End : Moment::Kind::Ready});
        viewer.start();
        bool const in_time
            = recorded ? play(viewer, moment) : wait(viewer, moment, bell, line.timeout.value_or(kPatience));
        if (auto failure = take_picture(line, viewer, glyphs))
            return failure;
        return judge(viewer, moment, in_time);
    }

    std::optional<Failure> show(CommandLine line)
    {
        std::optional<Recording> recording;
        if (!line.replay.empty()) {
            auto loaded = load_recording(line.replay);
            if (!loaded)
                return Failure{ExitCode::File, loaded.error().message};
            recording = std::move(*loaded);
            line.options.run = recording->run_id;
        } else if (auto failure = read_secrets(line)) {
            return failure;
        }
        auto const fonts = open_system_fonts();
        if (!fonts)
            return Failure{ExitCode::NoScreen, fonts.error().message};
        ui::GlyphSource& glyphs = (*fonts)->source();

        auto const make_viewer = [&](std::function<void()> wake) {
            if (!recording)
                return std::make_unique<Viewer>(
                    line.options, Source{network_settings(line), std::move(wake)}, Clock::of_wall());
            Player player{std::move(*recording)};
            Clock const clock{player.start(), line.offscreen() ? 0 : line.speed.factor};
            return std::make_unique<Viewer>(line.options, Source{std::move(player)}, clock);
        };
        if (line.offscreen()) {
            Bell bell; // outlives the network that rings it
            return show_offscreen(line, *make_viewer([&] { bell.ring(); }), bell, glyphs);
        }
        auto const window = Window::open(
            {.width = line.width, .height = line.height, .scale = line.scale, .key_brings_event = line.speed.by_step},
            glyphs);
        if (!window)
            return Failure{ExitCode::NoScreen, window.error().message};
        auto const viewer = make_viewer(Window::wake);
        bool const in_time = (*window)->show(*viewer, line.until, line.timeout);
        return line.until ? judge(*viewer, line.until, in_time) : std::nullopt;
    }

    ExitCode tell(std::optional<Failure> const& failure)
    {
        if (!failure)
            return ExitCode::Done;
        std::fprintf(stderr, "pev: %s\n", failure->message.c_str());
        return failure->code;
    }

} // namespace

ExitCode run_program(std::vector<std::string> const& arguments, EnvironmentVariables const& environment)
{
    if (!arguments.empty() && arguments.front() == "stream")
        return static_cast<ExitCode>(run_stream_command({arguments.begin() + 1, arguments.end()}));
    auto line = parse_command_line(arguments, environment);
    if (!line)
        return tell(Failure{ExitCode::WrongOptions, line.error().message});
    if (line->task != CommandLine::Task::Show) {
        auto const error = print(line->task == CommandLine::Task::Help ? help_text() : version_text());
        return tell(error ? std::optional{Failure{ExitCode::File, error->message}} : std::nullopt);
    }
    return tell(show(std::move(*line)));
}

} // namespace pev::native
