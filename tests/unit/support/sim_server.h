// A server that performs a run by chance, in simulated time: the truth that the viewer has to arrive at.
//
// It knows its run by its own bookkeeping, and shares no code with the viewer: documents and events leave it as text.
#pragma once

#include "shared/base/time.h"
#include "shared/run/model.h"

#include <cstdint>
#include <deque>
#include <random>
#include <string>
#include <vector>

namespace pev::test {

// Numbers by chance, the same for the same seed on every platform.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : engine_(seed) {}
    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(engine_() % n); }
    bool one_in(std::uint32_t n) { return below(n) == 0; }
    Duration between(Duration from, Duration to)
    {
        return from + Duration{static_cast<std::int64_t>(engine_()) % ((to - from).count() + 1)};
    }

private:
    std::mt19937 engine_;
};

// What stands in the ids of events, where they have one.
enum class EventIds {
    Numbers,
    OneForAll,
    OneForEachStep,
};

struct ServerHabits {
    bool silent = false; // the older engine: there are no events
    bool event_ids = true; // the stream numbers its events
    EventIds ids = EventIds::Numbers;
    bool stores_logs_at_once = false; // otherwise a step's lines are in documents from its end on
    Duration document_lag{0}; // documents show the run as it was so long ago
    Duration clock_ahead{0}; // of the world's clock
    bool date_header = true;
    std::uint32_t log_texts = 30; // how many different ones there are
    int steps = 6;
    bool rows_move = false; // each document has its steps in another order
    int rounds = 1; // so many steps share a key, and run one after the other
    std::uint32_t lines_to_a_change = 10; // how many log lines come for each change of a step
    // As the product's own server: the number of the attempt stands still, a failure never says that another one follows, and a
    // step that is tried again keeps its end and its error until it ends.
    bool counts_attempts = true;
    bool replaces_logs = false; // by those of the new attempt
    bool tells_logs = true; // by events
    bool whole_seconds = false; // all that stamps tell
    bool runs_again = false; // steps that have ended, by hand: their attempts count from one again
    bool reorders_keys = false; // of outputs, in documents
};

class SimServer {
public:
    SimServer(ServerHabits habits, std::uint32_t seed);

    static constexpr char const* kRunId = "0f5ad7c2-9d3c-4d6e-8f40-3b1d9c8e7a65";

    struct Message {
        std::string type;
        std::string data;
        std::string id;
    };

    // Lets the next thing happen. Nothing does once the run is over.
    void go_on(Instant now);
    bool over() const { return over_; }
    // Ends what still runs, and the run.
    void finish(Instant now);

    // All events so far; streams deliver from some place on.
    std::vector<Message> const& events() const { return events_; }
    // The first event with a later id; the number of events where the server can't tell.
    std::size_t behind(std::string const& last_id) const;
    // Somebody cancels the run: no event tells, and the status stays RUNNING.
    void cancel(Instant now);
    // The handler that was under way then: its step and the run end well, which no event tells either.
    void succeed_after_all(Instant now);
    // Ends what runs, and not the run.
    void end_steps(Instant now);
    // A step fails, and the run with it; and is tried again after all.
    void break_down(Instant now);
    void try_again(Instant now);
    // The process was started anew: its event bus counts from one and remembers nothing.
    void restart();

    std::string run_document(Instant now);
    // Empty where there is no such step.
    std::string step_document(std::string const& key, Instant now);
    Instant time(Instant now) const { return now + habits_.clock_ahead; }
    ServerHabits const& habits() const { return habits_; }

    std::size_t count_lines() const;
    // Fails the test where the viewer's run is another one than this.
    void check_same(RunModel const& run) const;

    // Fails the test where the attempts before are others, too: for worlds in which nothing was lost.
    void check_same_attempts(RunModel const& run) const;

private:
    struct Attempt {
        std::string state;
        std::string error;
        std::vector<std::string> lines;
    };
    struct Step {
        std::string id;
        std::string key;
        std::string state = "queued"; // of the documents
        int attempt = 0;
        int tries = 0; // since somebody had it run
        bool ran_again = false;
        Instant not_before{}; // as servers wait before they try again
        std::vector<std::string> lines;
        std::size_t stored = 0; // of them, in documents
        std::vector<std::string> replaced; // in documents until there are new ones
        std::vector<Attempt> before;
        std::string output = "null";
        std::string error;
        std::string started_at;
        std::string completed_at;
    };
    bool may_start(Step const& step) const;
    void emit(std::string const& type, std::string const& key, std::string const& payload, Instant now);
    void log(Step& step, Instant now);
    void start(Step& step, Instant now);
    void succeed(Step& step, Instant now);
    void fail(Step& step, bool retries, Instant now);
    void run_again(Step& step, Instant now);
    void end_run(Instant now);
    std::string stamp(Instant now) const;
    static std::string state_of(Step const& step); // that documents tell
    std::string output_of(Step const& step) const; // likewise
    std::string write_step(Step const& step) const;
    std::string write_run();
    void remember(Instant now);

    ServerHabits habits_;
    Dice dice_;
    std::vector<Step> steps_;
    std::string state_ = "running";
    std::string error_;
    std::string updated_at_;
    std::string completed_at_;
    bool over_ = false;
    std::vector<Message> events_;
    std::size_t epoch_ = 0; // events before the last restart

    struct Photograph {
        Instant at;
        std::string document;
    };
    std::deque<Photograph> photographs_; // of the last seconds, where documents lag
};

} // namespace pev::test
