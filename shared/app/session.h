// The one mutable root: holds the state, turns arrivals into events and effects, keeps derived data up to date.
//
// Threading: none. Nothing here waits, and nothing calls back into the caller but Platform::perform().
#pragma once

#include "shared/app/app_state.h"
#include "shared/app/arrival.h"
#include "shared/app/event_trace.h"
#include "shared/app/platform.h"
#include "shared/base/rest.h"
#include "shared/live/enrichment.h"
#include "shared/live/recent_ids.h"
#include "shared/live/stream_health.h"
#include "shared/run/merge.h"
#include "shared/wire/decode.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

namespace pev {

class Session {
public:
    // `preferences`: what StorePreferences kept last, or whatever has become of it.
    Session(Options options, Platform& platform, std::string_view preferences = {});

    // The code marked PEV_REST is still on its way: until complete() the first document of the run is all that is taken in, and
    // what else happens waits.
    void begin_incomplete() { state_.complete = false; }
    void complete(Instant now);

    void start(Instant now);
    void act(Action const& action, Instant now);
    void arrive(Arrival arrival, Instant now);
    // Runs the timers that are due.
    void tick(Instant now);
    // When tick() is due next.
    std::optional<Instant> next_timer() const;

    AppState const& state() const { return state_; }

    // Events applied since the last frame are drawn now.
    void frame_drawn(Instant now) { trace_.drawn(now); }
    EventTrace& trace() { return trace_; }

private:
    bool waits_for_rest() const { return !state_.complete && state_.run; }
    PEV_REST void carry_out(Action const& action, Instant now);
    PEV_REST void take_in(Arrival arrival, Instant now);
    void perform(Effects const& effects, Instant now);
    void advance_connection(ConnectionInput const& input, Instant now);
    // Makes a change, and then whatever follows from it.
    template <typename Change>
    void change(Change change, Instant now);
    void on(HttpAnswer answer, Instant now);
    void on(StreamOpened const& opened, Instant now);
    PEV_REST void on(StreamMessage arrived, Instant now);
    void on(StreamLost const& lost, Instant now);
    void on(StreamWaits const& waits, Instant now);
    void on(VisibilityTold const& told, Instant now);
    void on(NetworkTold const& told, Instant now);
    void on(NotifyAnswer const& answer, Instant now);
    void on(Remark const& remark, Instant now);
    void on_run_answer(HttpAnswer answer, Instant sent, Instant now);
    void read_on(Instant now);
    void stop_reading();
    void on_run(HttpAnswer const& answer, RunAnswer decoded, DocumentTimes const& times, Instant now);
    PEV_REST void on_stream_url_answer(HttpAnswer const& answer, Instant now);
    PEV_REST void on_step_answer(HttpAnswer const& answer, Instant sent, Instant now);
    void aim_connection();
    void open_run(Instant now);
    // Returns whether the document was made before what events have told.
    bool take_run(RunModel fetched, DocumentTimes const& times);
    PEV_REST bool merge_run(RunModel fetched, DocumentTimes const& times);
    void select_a_step(Instant now);
    void follow_run(Instant now);
    void enrich_selection(Instant now);
    void hear(Instant now); // a word from the server
    void place_event(RunEvent& event, Instant now) const;
    void apply(RunEvent const& event, Instant now);
    void hold_back(RunEvent const& event, Instant now);
    void apply_held_back(Instant now);
    void report(Problem problem, Instant now);
    void note(std::string text, Instant now); // an error, for the diagnostics
    void refresh_timeline(Instant now);
    void refresh_timeline_in_time(Instant now);
    void search_on(Instant now);
    PEV_REST void export_on(Instant now);
    void reveal_selected();
    PEV_REST void refresh_inspection();
    bool walks_on(Instant now);
    void refresh_address(bool new_entry);
    void refresh_preferences();

    AppState state_;
    Platform* platform_; // never null
    std::string address_; // as last put into the page's address
    std::optional<Instant> stepped_at_; // when a step was last gone to
    std::string preferences_; // as last stored
    EventTrace trace_;

    // What happened before complete(), and when.
    struct PutOff {
        Instant at;
        std::variant<Action, Arrival> what;
    };
    std::vector<PutOff> put_off_;

    // A run document on its way into the model. A large one is read a portion at a time: no page may stand still for it.
    struct Reading {
        Reading(HttpAnswer from, std::size_t memory, Instant sent, Instant now)
            : decoder(std::move(from.body), memory),
              answer(std::move(from)),
              times{.sent = sent, .received = now},
              goes_on(now)
        {
        }
        RunDecoder decoder;
        HttpAnswer answer; // without its body
        DocumentTimes times;
        bool whole = false; // all of it is decoded
        Instant goes_on; // when there is time for the next portion
    };
    std::unique_ptr<Reading> reading_;

    std::unordered_map<RequestId, Instant> fetch_sent_; // of the requests under way
    StreamHealth health_;
    Enrichment enrichment_;
    std::uint16_t openings_ = 0; // of streams
    Instant opened_at_{}; // the newest of them
    RecentIds seen_events_;
    std::unordered_set<std::string> missing_steps_; // asked for already
    std::vector<RunEvent> held_back_; // events of those, until a document has their steps

    // What the derived data was made from.
    struct SearchSource {
        std::uint64_t run_revision = 0;
        std::size_t log_lines = 0;
        std::string text;
        bool operator==(SearchSource const&) const = default;
    };
    struct TimelineSource {
        std::uint64_t run_revision = 0;
        std::uint64_t search_revision = 0;
        Filter filter;
        bool operator==(TimelineSource const&) const = default;
    };
    struct InspectionSource {
        std::string step_key;
        std::uint64_t step_revision = 0;
        bool operator==(InspectionSource const&) const = default;
    };
    TimelineLayout layout_;
    std::optional<SearchSource> search_source_;
    std::optional<TimelineSource> timeline_source_;
    std::optional<InspectionSource> inspection_source_;
    std::optional<Instant> search_at_; // when the search goes on
    std::optional<Instant> export_at_; // when the next portion is written
    Instant refreshed_at_{}; // the timeline
    std::uint64_t order_shown_ = 0; // RunModel::order_revision that it has
    std::optional<Instant> refresh_at_; // when it is, for what has arrived since
    Instant followed_at_{}; // when the run last led to another step
    std::optional<Instant> follow_at_; // when it may again
};

} // namespace pev
