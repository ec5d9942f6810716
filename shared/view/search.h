// Finds the steps whose names, keys, types, logs, inputs, outputs or errors hold a text, in portions: a run may hold hundreds of
// megabytes, and nobody who types waits for them.
//
// Used by: Session, which lets it look on until it is done; the timeline, which tells where each step matched.
#pragma once

#include "shared/base/rest.h"
#include "shared/run/model.h"
#include "shared/view/needle.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pev {

// How often the text was found in each part of a step.
struct StepHits {
    std::uint32_t title = 0; // name, key and type: what a list shows anyway
    std::uint32_t log_lines = 0;
    std::uint32_t input = 0;
    std::uint32_t output = 0;
    std::uint32_t error = 0;
    std::uint32_t inside() const { return log_lines + input + output + error; }
    bool any() const { return title + inside() > 0; }
    bool operator==(StepHits const&) const = default;
};

class StepSearch {
public:
    // Looks for `text` in `run` from now on: again in what has changed, from the beginning where the text is another one. What was
    // found before in steps that did not change stands.
    void begin(RunModel const& run, std::string_view text);
    // Goes on until everything was looked at, or about `bytes` of it.
    PEV_REST void look(RunModel const& run, std::size_t bytes);

    bool active() const { return !text_.empty(); }
    bool done() const { return next_ == hits_.size(); }
    // 0..1
    double progress() const
    {
        return hits_.empty() ? 1 : static_cast<double>(next_) / static_cast<double>(hits_.size());
    }
    // By index of step; empty where nothing is looked for.
    std::vector<StepHits> const& hits() const { return hits_; }
    // Counts changes of the hits.
    std::uint64_t revision() const { return revision_; }
    // Empty until something is looked at.
    Needle const& needle() const { return needle_; }

private:
    // How far a step was looked through.
    struct Seen {
        std::uint64_t revision = 0;
        std::size_t log_line = 0; // number behind the last
        std::vector<std::uint32_t> log_hits; // numbers of lines
        bool head = false; // all but the log
    };
    void look_at_head(StepRun const& step, StepHits& hits);

    // What was looked for, and in which steps.
    std::string text_;
    Needle needle_;
    std::string run_;
    std::uint64_t order_ = 0;
    std::vector<StepHits> hits_;
    std::vector<Seen> seen_;
    std::size_t next_ = 0; // the step to go on with
    std::uint64_t revision_ = 0;
};

// "3 matches in logs, 1 in output"; empty where it matched in none.
std::string describe_hits(StepHits const& hits);

} // namespace pev
