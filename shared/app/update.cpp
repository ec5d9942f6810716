#include "shared/app/update.h"

#include "shared/live/story.h"
#include "shared/view/file_name.h"

#include <algorithm>

namespace pev {

namespace {

    template <typename T>
    void toggle(std::vector<T>& values, T const& value)
    {
        auto const found = std::find(values.begin(), values.end(), value);
        if (found == values.end())
            values.push_back(value);
        else
            values.erase(found);
    }

    // What an address names; where it names none, the run shows the way.
    void name_step(ViewState& view, std::string const& key)
    {
        view.selected_step = key;
        view.step_opened = view.step_named = !key.empty();
        view.follows_run = key.empty();
    }

    struct Updater {
        AppState& state;
        Instant now;

        Effects operator()(Refresh const&) const { return advance(state, RefreshAsked{}, now); }
        Effects operator()(Pause const&) const { return advance(state, PauseAsked{}, now); }
        Effects operator()(Resume const&) const { return advance(state, ResumeAsked{}, now); }
        Effects operator()(RetryConnection const&) const { return advance(state, RetryAsked{}, now); }

        Effects operator()(SelectStep const& action) const
        {
            inspect_step(state.view, action.key);
            state.view.step_opened = state.view.step_named = true;
            state.view.follows_run = false;
            return {};
        }

        // Of a run that is over there is nothing to follow but what it failed with.
        Effects operator()(FollowRun const& action) const
        {
            RunModel const* const run = state.run ? &*state.run : nullptr;
            if (action.follow && run != nullptr && run->over() && run->state.kind != ExecutionState::Failed)
                return {};
            state.view.follows_run = action.follow;
            if (action.follow)
                state.view.step_named = false;
            return {};
        }

        Effects operator()(OpenGroup const& action) const
        {
            state.view.group_open[action.key] = action.open;
            return {};
        }

        Effects operator()(ShowStepList const&) const
        {
            state.view.step_opened = false;
            return {};
        }

        Effects operator()(ToggleSection const& action) const
        {
            bool& open = state.view.open[static_cast<std::size_t>(action.section)];
            open = !open;
            return {};
        }

        Effects operator()(ToggleJsonNode const& action) const
        {
            if (state.view.toggled_json.erase(action.node) == 0)
                state.view.toggled_json.insert(action.node);
            return {};
        }

        Effects operator()(ToggleRawJson const& action) const
        {
            bool& raw = state.view.raw_json[static_cast<std::size_t>(action.section)];
            raw = !raw;
            return {};
        }

        Effects operator()(ToggleLogWrap const&) const
        {
            state.view.wrap_log = !state.view.wrap_log;
            return {};
        }

        Effects operator()(ToggleLogLevel const& action) const
        {
            state.view.log_levels ^= bit_of(action.level);
            return {};
        }

        Effects operator()(ShowAllLogLevels const&) const
        {
            state.view.log_levels = kAllLogLevels;
            return {};
        }

        Effects operator()(SaveLog const&) const
        {
            StepRun const* const step = state.selected();
            if (step != nullptr && !state.exporting)
                state.exporting.emplace(
                    ExportKind::StepLogText, *state.run, step->key, levels_to_show(step->logs, state.view.log_levels));
            return {};
        }

        Effects operator()(Export const& action) const
        {
            if (state.run && !state.exporting)
                state.exporting.emplace(action.kind, *state.run, state.view.selected_step);
            return {};
        }

        Effects operator()(SavePicture const&) const
        {
            if (!state.run)
                return {};
            return {DrawPicture{export_file_name(state.run->playbook_name, state.run->id, "timeline", "png")}};
        }

        Effects operator()(FollowLog const& action) const
        {
            state.view.follow_log = action.follow;
            state.view.follows_run &= action.follow; // whoever reads what was written before is at this step
            return {};
        }

        Effects operator()(SetSearch const& action) const
        {
            state.view.filter.search = action.text;
            return {};
        }

        Effects operator()(ToggleStateFilter const& action) const
        {
            toggle(state.view.filter.states, action.state);
            return {};
        }

        Effects operator()(ToggleTypeFilter const& action) const
        {
            toggle(state.view.filter.types, action.type);
            return {};
        }

        Effects operator()(ClearFilters const&) const
        {
            state.view.filter = {};
            return {};
        }

        Effects operator()(SetTheme const& action) const
        {
            state.view.theme = action.theme;
            return {};
        }

        Effects operator()(SetListWidth const& action) const
        {
            state.view.list_width = std::clamp(action.width, 0, kMostListWidth);
            return {};
        }

        Effects operator()(SetTimeZone const& action) const
        {
            state.view.time_zone = action.time_zone;
            return {};
        }

        Effects operator()(ShowDiagnostics const& action) const
        {
            state.view.diagnostics_open = action.shown;
            return {};
        }

        Effects operator()(CopyText const& action) const { return {SetClipboard{action.text}}; }

        Effects operator()(CopyLinkToStep const& action) const
        {
            return {SetClipboard{link_to_step(state.options, action.key)}};
        }

        Effects operator()(SetNotify const& action) const
        {
            if (action.wanted)
                return {AskToNotify{}};
            state.view.notify = false;
            return {};
        }

        // Session sees that the run is another one, and loads it.
        Effects operator()(OpenRun const& action) const
        {
            if (state.options.run == action.run) {
                if (!action.step.empty())
                    (*this)(SelectStep{action.step});
                return {};
            }
            name_run(state.options, action.run);
            name_step(state.view, action.step);
            state.view.toggled_json.clear();
            state.view.group_open.clear();
            state.view.filter = {};
            return {};
        }

        Effects operator()(SetStreaming const& action) const
        {
            state.options.stream = action.allowed;
            return advance(state.connection, StreamingChanged{action.allowed}, now);
        }

        Effects operator()(GoTo const& action) const
        {
            name_run(state.options, action.options.run);
            show_as_asked(state.view, action.options);
            return {};
        }
    };

} // namespace

void inspect_step(ViewState& view, std::string const& key)
{
    if (view.selected_step == key)
        return;
    view.selected_step = key;
    view.toggled_json.clear();
    view.follow_log = true;
}

void show_as_asked(ViewState& view, Options const& options)
{
    name_step(view, options.step);
    view.filter.search = options.search;
    view.filter.states.clear();
    for (std::string const& word : options.states)
        view.filter.states.push_back(state_named(word));
    view.filter.types.clear();
    for (std::string const& word : options.types)
        view.filter.types.push_back(type_named(word));
    view.theme = options.theme;
    view.time_zone = options.time_zone;
}

Effects update(AppState& state, Action const& action, Instant now)
{
    return std::visit(Updater{state, now}, action);
}

Effects advance(AppState& state, ConnectionInput const& input, Instant now)
{
    Connection& connection = state.connection;
    Phase const phase = connection.phase;
    int const tries = connection.tries;
    Effects effects = advance(connection, input, now);
    if (connection.phase != phase || connection.tries != tries)
        state.diagnostics.connection.add(
            now, what_it_does(connection, now) + ": " + why_it_changed(phase, input, connection));
    return effects;
}

} // namespace pev
