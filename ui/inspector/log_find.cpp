#include "ui/inspector/log_find.h"

#include "ui/ids.h"
#include "ui/inspector/find_bar.h"
#include "ui/inspector/log_memory.h"
#include "ui/selection.h"

namespace pev::ui {

namespace {

    std::string_view needle_of(LogMemory const& log)
    {
        return log.find_open ? std::string_view{log.needle.data()} : std::string_view{};
    }

    void go_to(Frame& frame, std::size_t number)
    {
        LogMemory& log = frame.memory.log();
        log.hit = log.search.hits()[number];
        log.reveals_hit = true;
        frame.wake_at(frame.now);
    }

    // The first match from the top of what is in sight on, as soon as it is known.
    void find_first(Frame& frame, bool complete)
    {
        LogMemory& log = frame.memory.log();
        HitList const& hits = log.search.hits();
        std::size_t const number = hits.number_of(log.top_line);
        if (number < hits.size())
            go_to(frame, number);
        else if (complete && hits.size() > 0)
            go_to(frame, 0);
        log.wants_first = !log.hit && !complete;
    }

    void step_by(Frame& frame, FindStep step)
    {
        LogMemory& log = frame.memory.log();
        HitList const& hits = log.search.hits();
        if (hits.size() == 0)
            return;
        if (!log.hit) {
            log.wants_first = true;
            return;
        }
        std::size_t const at = hits.number_of(log.hit->item) + log.hit->match;
        std::size_t const last = hits.size() - 1;
        if (step == FindStep::Next)
            go_to(frame, at >= last ? 0 : at + 1);
        else
            go_to(frame, at == 0 ? last : at - 1);
    }

} // namespace

void open_log_find(Frame& frame)
{
    frame.memory.log().find_open = frame.memory.log().find_begins = true;
    frame.wake_at(frame.now);
}

void close_log_find(Frame& frame)
{
    LogMemory& log = frame.memory.log();
    log.find_open = false;
    log.hit.reset();
    frame.wake_at(frame.now);
}

void search_log(Frame& frame, StepRun const& step)
{
    LogMemory& log = frame.memory.log();
    bool const complete = log.search.update(step.logs, log.lines, log.texts, needle_of(log));
    if (log.hit && log.hit->item < log.lines.first())
        log.hit.reset();
    if (log.searched != log.lines.generation()) { // other lines: what was found stands elsewhere
        log.searched = log.lines.generation();
        log.hit.reset();
        log.wants_first = false;
    }
    if (log.wants_first)
        find_first(frame, complete);
    if (!complete)
        frame.wake_at(frame.now);
    log.search_complete = complete;
}

float log_find_height(Frame const& frame)
{
    return frame.memory.log().find_open ? find_bar_height(frame) : 0;
}

void draw_log_find(Frame& frame, StepRun const& step, Rect const& rect)
{
    LogMemory& log = frame.memory.log();
    if (!log.find_open)
        return;
    HitList const& hits = log.search.hits();
    FindBar bar{.id = make_id("log-find"),
        .name = "Find in logs",
        .text = log.needle,
        .matches = hits.size(),
        .current = {},
        .complete = log.search_complete,
        .begins = std::exchange(log.find_begins, false)};
    if (log.hit)
        bar.current = hits.number_of(log.hit->item) + log.hit->match;
    switch (FindStep const asked = draw_find_bar(frame, bar, rect)) {
    case FindStep::None:
        break;
    case FindStep::Changed:
        log.hit.reset();
        log.wants_first = true;
        frame.wake_at(frame.now);
        break;
    case FindStep::Next:
    case FindStep::Previous:
        step_by(frame, asked);
        break;
    case FindStep::Close:
        close_log_find(frame);
        frame.memory.focus = make_id("log", step.ref); // Tab goes on from here
        break;
    }
}

} // namespace pev::ui
