#include "shared/view/timeline.h"

#include "shared/base/text.h"

#include <algorithm>
#include <map>

namespace pev {

namespace {

    constexpr std::size_t kNameCharacters = 40;

    // The keys that a step waits for, in a form that is the same for steps that wait for the same.
    std::vector<std::string> parents_of(StepRun const& step)
    {
        std::vector<std::string> parents = step.dependencies;
        std::sort(parents.begin(), parents.end());
        return parents;
    }

    // A step's time on the clock; empty for one that has not started.
    struct Span {
        std::optional<Instant> from;
        Instant to{};
        bool overlaps(Span const& other) const { return from && other.from && *from < other.to && *other.from < to; }
        bool empty() const { return !from; }
    };

    Span span_of(StepRun const& step, Instant server_now)
    {
        if (!step.started_at)
            return {};
        return {step.started_at, step.completed_at.value_or(std::max(server_now, *step.started_at))};
    }

    std::string caption_of(RunModel const& run, std::vector<std::string> const& parents)
    {
        if (parents.empty())
            return {};
        StepRun const* const first = run.find(parents.front());
        std::string caption
            = "waits for " + one_line(first != nullptr ? first->name : parents.front(), kNameCharacters);
        if (parents.size() > 1)
            caption += " and " + std::to_string(parents.size() - 1) + " more";
        return caption;
    }

    class Layout {
    public:
        Layout(RunModel const& run, Instant server_now) : run_(run), server_now_(server_now) {}

        void place(std::size_t index)
        {
            StepRun const& step = run_.steps[index];
            ++timeline_.step_count;
            std::vector<std::string> parents = parents_of(step);
            if (parents.empty())
                place_by_time(index);
            else
                place_by_parents(index, std::move(parents));
        }

        Timeline take()
        {
            for (auto const& [parents, group] : by_parents_) {
                if (timeline_.groups[group].parallel())
                    timeline_.groups[group].caption = caption_of(run_, parents);
            }
            return std::move(timeline_);
        }

    private:
        void place_by_parents(std::size_t index, std::vector<std::string> parents)
        {
            auto const [known, is_new] = by_parents_.try_emplace(std::move(parents), timeline_.groups.size());
            if (is_new)
                timeline_.groups.push_back({.steps = {index}, .caption = {}});
            else
                timeline_.groups[known->second].steps.push_back(index);
            common_ = {};
        }

        // Joins the group before it while a moment is left at which all of them ran.
        void place_by_time(std::size_t index)
        {
            Span const span = span_of(run_.steps[index], server_now_);
            if (span.overlaps(common_)) {
                timeline_.groups.back().steps.push_back(index);
                common_ = {std::max(*span.from, *common_.from), std::min(span.to, common_.to)};
            } else {
                timeline_.groups.push_back({.steps = {index}, .caption = {}});
                common_ = span;
            }
        }

        RunModel const& run_;
        Instant server_now_;
        Timeline timeline_;
        std::map<std::vector<std::string>, std::size_t> by_parents_; // to the group
        Span common_; // of the last group, where it was made by times
    };

} // namespace

Timeline lay_out_timeline(RunModel const& run, std::vector<std::size_t> const& shown, Instant server_now)
{
    Layout layout{run, server_now};
    for (std::size_t const index : shown)
        layout.place(index);
    return layout.take();
}

} // namespace pev
