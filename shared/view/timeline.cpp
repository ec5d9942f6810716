#include "shared/view/timeline.h"

#include "shared/base/text.h"
#include "shared/view/span.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <string_view>
#include <utility>

namespace pev {

namespace {

    using Index = std::uint32_t;
    constexpr Index kNone = 0xFFFFFFFF;
    constexpr Index kRoot = 0; // the branch that the run itself is
    constexpr std::size_t kNameCharacters = 40;

    // A step that starts within this time of another's end carries on that one's branch.
    constexpr Duration kHandover = std::chrono::seconds{1};
    // With more lanes than this nobody looks for the one that a step carries on.
    constexpr std::size_t kMostLanes = 100;

    // Steps that begin side by side: because they wait for the same, or by their times.
    struct Siblings {
        std::vector<Index> const* parents = nullptr; // what they wait for; null for those grouped by time
        Index lanes = 0; // branches, if there are two or more
        Index group = kNone;
    };
    struct Place {
        Index siblings = kNone;
        Index lane = kNone; // the step that began the lane; most are the only ones of theirs
    };

    // First look: who begins beside whom.
    class Sorting {
    public:
        Sorting(
            RunModel const& run, std::vector<std::vector<Index>> const& parents, std::vector<Index> const& parents_of)
            : run_(run), parents_of_(parents_of), places_(run.steps.size())
        {
            siblings_.reserve(parents.size());
            for (std::vector<Index> const& steps : parents)
                siblings_.push_back({.parents = &steps});
        }

        void sort()
        {
            for (Index i = 0; i < run_.steps.size(); ++i) {
                if (parents_of_[i] == kNone) {
                    place_by_time(i);
                } else {
                    begin_lane(i, parents_of_[i]);
                    lanes_.clear(); // neighbours by time stand next to each other
                }
            }
        }

        std::vector<Place> const& places() const { return places_; }
        std::vector<Siblings>& siblings() { return siblings_; }

    private:
        // A new lane while a moment is left at which all lanes of the group before it run.
        void place_by_time(Index step)
        {
            Span const span = span_of(run_, run_.steps[step]);
            if (!lanes_.empty() && are_side_by_side(common_, span, std::min(shortest_, span.length()))) {
                begin_lane(step, places_[lanes_.front().first].siblings);
                lanes_.push_back({step, span});
                add_to_common(span);
            } else if (Lane* const before = lane_before(span)) {
                places_[step] = {places_[before->first].siblings, before->first};
                before->last = span;
                begin_common(span);
                for (Lane const& lane : lanes_)
                    add_to_common(lane.last);
            } else {
                siblings_.push_back({});
                begin_lane(step, static_cast<Index>(siblings_.size() - 1));
                lanes_.assign(1, {step, span});
                begin_common(span);
            }
        }

        void begin_common(Span const& span)
        {
            common_ = span;
            shortest_ = span.length();
        }
        void add_to_common(Span const& span)
        {
            common_ = common_.common(span);
            shortest_ = std::min(shortest_, span.length());
        }

        void begin_lane(Index step, Index siblings)
        {
            ++siblings_[siblings].lanes;
            places_[step] = {siblings, step};
        }

        // Of the group that is being made by times.
        struct Lane {
            Index first; // step
            Span last; // of its newest step
        };

        // The lane that ended just as `span` began, while another went on.
        Lane* lane_before(Span const& span)
        {
            if (lanes_.size() > kMostLanes)
                return nullptr;
            Lane* before = nullptr;
            bool another_goes_on = false;
            for (Lane& lane : lanes_) {
                bool const goes_on = are_side_by_side(lane.last, span, std::min(lane.last.length(), span.length()));
                another_goes_on = another_goes_on || goes_on;
                bool const hands_over
                    = !goes_on && lane.last.from <= span.from && lane.last.to >= span.from - kHandover;
                if (hands_over && (before == nullptr || before->last.to < lane.last.to))
                    before = &lane;
            }
            return another_goes_on ? before : nullptr;
        }

        RunModel const& run_;
        std::vector<Index> const& parents_of_; // by step
        std::vector<Place> places_; // likewise
        std::vector<Siblings> siblings_; // first those of the parents
        std::vector<Lane> lanes_;
        Span common_; // of the lanes' newest steps
        Duration shortest_{}; // of these
    };

    // Second look: which branch each step goes on in. Branches hold steps and groups, groups hold branches.
    class Tree {
    public:
        Tree(RunModel const& run, std::vector<Place> const& places, std::vector<Siblings>& siblings)
            : run_(run), places_(places), siblings_(siblings), branch_of_(run.steps.size(), kNone)
        {
            branches_.push_back({});
        }

        void grow()
        {
            for (Index i = 0; i < run_.steps.size(); ++i)
                branch_of_[i] = place(i);
        }

        Timeline show(std::vector<std::size_t> const& shown)
        {
            shown_.assign(run_.steps.size(), false);
            for (std::size_t const step : shown) {
                shown_[step] = true;
                ++branches_[branch_of_[step]].shown;
            }
            // Inner branches were made after outer ones.
            for (std::size_t i = branches_.size() - 1; i > kRoot; --i) {
                Branch const& branch = branches_[i];
                Group& group = groups_[branch.group];
                group.shown += branch.shown > 0 ? 1 : 0;
                branches_[group.branch].shown += branch.shown;
            }
            timeline_.entries.reserve(shown.size());
            emit(kRoot, kNoGroup);
            count_states();
            return std::move(timeline_);
        }

    private:
        struct Item {
            bool is_group = false;
            Index index = 0; // step or group
            Index next = kNone; // of the same branch
        };
        struct Branch {
            Index group = kNone;
            Index next = kNone; // of the same group
            Index first = kNone; // items
            Index last = kNone;
            Index depth = 0;
            Index shown = 0; // steps
        };
        struct Group {
            Index branch = kRoot; // that it stands in
            Index siblings = 0;
            Index first_step = 0;
            Index first = kNone; // branches
            Index last = kNone;
            Index shown = 0; // branches
        };

        // Returns the branch that steps behind this one go on in.
        Index place(Index step)
        {
            Place const& at = places_[step];
            if (at.lane != step)
                return append(branch_of_[at.lane], {.index = step});
            Siblings& siblings = siblings_[at.siblings];
            if (siblings.group == kNone) {
                Index const around = siblings.parents == nullptr ? kRoot : common_branch(*siblings.parents);
                if (siblings.lanes < 2 || branches_[around].depth == kMostNestedGroups)
                    return append(around, {.index = step});
                siblings.group = static_cast<Index>(groups_.size());
                groups_.push_back({.branch = around, .siblings = at.siblings, .first_step = step});
                append(around, {.is_group = true, .index = siblings.group});
            }
            return append(add_branch(siblings.group), {.index = step});
        }

        Index append(Index branch, Item const& item)
        {
            auto const added = static_cast<Index>(items_.size());
            items_.push_back(item);
            Branch& at = branches_[branch];
            (at.last == kNone ? at.first : items_[at.last].next) = added;
            at.last = added;
            return branch;
        }

        Index add_branch(Index group)
        {
            auto const added = static_cast<Index>(branches_.size());
            Group& at = groups_[group];
            branches_.push_back({.group = group, .depth = branches_[at.branch].depth + 1});
            (at.last == kNone ? at.first : branches_[at.last].next) = added;
            at.last = added;
            return added;
        }

        // The innermost that holds all of these steps; those further down the list don't count.
        Index common_branch(std::vector<Index> const& steps) const
        {
            Index common = kNone;
            for (Index const step : steps) {
                Index const branch = step < branch_of_.size() ? branch_of_[step] : kNone;
                if (branch == kNone)
                    continue;
                common = common == kNone ? branch : common_branch(common, branch);
            }
            return common == kNone ? kRoot : common;
        }
        Index common_branch(Index a, Index b) const
        {
            while (a != b) {
                Index& deeper = branches_[a].depth >= branches_[b].depth ? a : b;
                deeper = groups_[branches_[deeper].group].branch;
            }
            return a;
        }

        void emit(Index branch, Index around)
        {
            auto const first = static_cast<Index>(timeline_.entries.size());
            for (Index item = branches_[branch].first; item != kNone; item = items_[item].next) {
                if (items_[item].is_group)
                    emit_group(groups_[items_[item].index], around);
                else if (shown_[items_[item].index])
                    timeline_.entries.push_back({items_[item].index, around});
            }
            auto const end = static_cast<Index>(timeline_.entries.size());
            bool const stands_alone = branch == kRoot || groups_[branches_[branch].group].shown >= 2;
            if (stands_alone && end - first >= 2)
                timeline_.branches.push_back({around, first, end});
        }

        void emit_group(Group const& group, Index around)
        {
            Index inside = around;
            if (group.shown >= 2) {
                inside = static_cast<Index>(timeline_.groups.size());
                timeline_.groups.push_back({.key = run_.steps[group.first_step].ref,
                    .caption = caption_of(group),
                    .parent = around,
                    .depth = around == kNoGroup ? 0 : timeline_.groups[around].depth + 1,
                    .branches = group.shown,
                    .first = static_cast<Index>(timeline_.entries.size())});
            }
            for (Index branch = group.first; branch != kNone; branch = branches_[branch].next)
                emit(branch, inside);
            if (inside != around)
                timeline_.groups[inside].end = static_cast<Index>(timeline_.entries.size());
        }

        void count_states()
        {
            for (TimelineEntry const& entry : timeline_.entries) {
                if (entry.group != kNoGroup)
                    ++timeline_.groups[entry.group].states[static_cast<std::size_t>(run_.steps[entry.step].state.kind)];
            }
            for (std::size_t i = timeline_.groups.size(); i-- > 0;) {
                TimelineGroup const& group = timeline_.groups[i];
                if (group.parent == kNoGroup)
                    continue;
                for (std::size_t state = 0; state < kExecutionStates; ++state)
                    timeline_.groups[group.parent].states[state] += group.states[state];
            }
        }

        // What the group's first step waits for.
        std::string caption_of(Group const& group) const
        {
            if (siblings_[group.siblings].parents == nullptr)
                return {};
            std::vector<Index> const& parents = *siblings_[group.siblings].parents;
            std::string caption = "waits for ";
            if (parents.front() < run_.steps.size())
                caption += one_line(run_.steps[parents.front()].title(), kNameCharacters);
            else
                caption += one_line(run_.steps[group.first_step].dependencies.front(), kNameCharacters);
            if (parents.size() > 1)
                caption += " and " + std::to_string(parents.size() - 1) + " more";
            return caption;
        }

        RunModel const& run_;
        std::vector<Place> const& places_;
        std::vector<Siblings>& siblings_;
        std::vector<Index> branch_of_; // by step
        std::vector<Branch> branches_;
        std::vector<Group> groups_;
        std::vector<Item> items_;
        std::vector<bool> shown_; // by step
        Timeline timeline_;
    };

} // namespace

Timeline TimelineLayout::lay_out(RunModel const& run, std::vector<std::size_t> const& shown)
{
    if (!known_ || run_id_ != run.id || order_ != run.order_revision || parents_of_.size() != run.steps.size())
        learn_parents(run);
    Sorting sorting{run, parents_, parents_of_};
    sorting.sort();
    Tree tree{run, sorting.places(), sorting.siblings()};
    tree.grow();
    return tree.show(shown);
}

void TimelineLayout::learn_parents(RunModel const& run)
{
    std::map<std::vector<Index>, Index> sets;
    std::map<std::string_view, Index> strangers;
    auto const index_of = [&](std::string const& key, std::size_t waiting) {
        if (StepRun const* const step = run.find_dependency(key, waiting))
            return static_cast<Index>(step - run.steps.data());
        // Not a step of this run; still the same for all that wait for it.
        auto const next = static_cast<Index>(run.steps.size() + strangers.size());
        return strangers.try_emplace(key, next).first->second;
    };
    parents_.clear();
    parents_of_.assign(run.steps.size(), kNone);
    for (std::size_t i = 0; i < run.steps.size(); ++i) {
        if (run.steps[i].dependencies.empty())
            continue;
        std::vector<Index> parents;
        for (std::string const& key : run.steps[i].dependencies)
            parents.push_back(index_of(key, i));
        std::ranges::sort(parents);
        parents.erase(std::unique(parents.begin(), parents.end()), parents.end());
        auto const [known, is_new] = sets.try_emplace(std::move(parents), static_cast<Index>(parents_.size()));
        if (is_new)
            parents_.push_back(known->first);
        parents_of_[i] = known->second;
    }
    run_id_ = run.id;
    order_ = run.order_revision;
    known_ = true;
}

} // namespace pev
