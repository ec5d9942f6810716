#include "native/viewer.h"

#include <algorithm>
#include <utility>

namespace pev::native {

Viewer::Viewer(Options options, Source source, Clock clock)
    : clock_(clock), started_(clock.now()), source_(std::move(source)), session_(std::move(options), *this)
{
}

void Viewer::start()
{
    session_.start(clock_.now());
}

bool Viewer::catch_up()
{
    auto const now = clock_.now();
    bool any = false;
    for (Arrival& arrival : source_.take_arrivals(now)) {
        session_.arrive(std::move(arrival), now);
        any = true;
    }
    for (Arrival& answer : std::exchange(answers_, {})) {
        session_.arrive(std::move(answer), now);
        any = true;
    }
    if (auto const timer = session_.next_timer(); timer && *timer <= now) {
        session_.tick(now);
        any = true;
    }
    return any;
}

std::optional<Instant> Viewer::next_due() const
{
    auto const timer = session_.next_timer();
    auto const arrival = source_.next_arrival();
    if (timer && arrival)
        return std::min(*timer, *arrival);
    return timer ? timer : arrival;
}

void Viewer::act(Actions const& actions)
{
    for (Action const& action : actions)
        session_.act(action, clock_.now());
}

bool Viewer::reached(Moment const& moment) const
{
    Connection const& connection = state().connection;
    if (connection.phase == Phase::Failed)
        return true;
    if (!state().run || connection.run_fetch != 0)
        return false;
    bool const over = connection.phase == Phase::Final && !session_.next_timer();
    switch (moment.kind) {
    case Moment::Kind::Ready:
        return over || (connection.phase != Phase::Connecting && connection.phase != Phase::Final);
    case Moment::Kind::Live:
        return over || state().mode() == Mode::Live;
    case Moment::Kind::Final:
        return over;
    case Moment::Kind::End:
        return !source_.next_arrival();
    case Moment::Kind::After:
        return clock_.now() - started_ >= moment.after;
    }
    return false;
}

std::string Viewer::failure() const
{
    if (state().run || !state().problem)
        return {};
    Problem const& problem = *state().problem;
    return problem.title + (problem.detail.empty() ? "" : ": " + problem.detail);
}

void Viewer::save(SaveFile const& part)
{
    if (auto told = saved_files_.take(part))
        answers_.emplace_back(Remark{std::move(*told)});
}

void Viewer::perform(Effect const& effect)
{
    if (auto const* const clipboard = std::get_if<SetClipboard>(&effect)) {
        if (on_copy)
            on_copy(clipboard->text);
        return;
    }
    if (auto const* const link = std::get_if<OpenLink>(&effect)) {
        auto refused = on_link ? on_link(link->url) : std::nullopt;
        if (refused)
            answers_.emplace_back(LinkRefused{std::move(*refused)});
        return;
    }
    if (auto const* const file = std::get_if<SaveFile>(&effect))
        return save(*file);
    if (auto const* const picture = std::get_if<DrawPicture>(&effect)) {
        if (on_picture)
            save({.name = picture->name, .media_type = "image/png", .content = on_picture()});
        return;
    }
    source_.perform(effect, clock_.now());
}

} // namespace pev::native
