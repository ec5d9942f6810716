#include "shared/run/log_memory.h"

#include <algorithm>
#include <vector>

namespace pev {

namespace {

    std::size_t room_for_logs(RunModel const& run)
    {
        return run.memory - std::min(run.other_bytes, run.memory - run.memory / 4);
    }

    // The logs of the step, those of attempts before among them.
    template <typename Step, typename See>
    void each_log(Step& step, See see)
    {
        see(step.logs);
        for (auto& attempt : step.past) {
            if (attempt.log)
                see(*attempt.log);
        }
    }

    // The largest size to cut logs to so that all together take no more than `room`.
    std::size_t common_size(std::vector<StepRun> const& steps, std::size_t room)
    {
        std::vector<std::size_t> sizes;
        for (StepRun const& step : steps) {
            each_log(step, [&](LogBuffer const& log) {
                if (!log.empty())
                    sizes.push_back(log.bytes());
            });
        }
        std::ranges::sort(sizes);
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            std::size_t const share = room / (sizes.size() - i);
            if (sizes[i] > share)
                return share;
            room -= sizes[i];
        }
        return room;
    }

} // namespace

void fit_logs(RunModel& run)
{
    std::size_t const room = room_for_logs(run);
    if (run.log_bytes <= room)
        return;
    std::size_t const most = common_size(run.steps, room - room / 8);
    run.log_bytes = 0;
    for (StepRun& step : run.steps) {
        std::size_t const first = step.logs.first();
        each_log(step, [&](LogBuffer& log) { log.shrink_to(most); });
        run.dropped_line_count += step.logs.first() - first;
        run.log_bytes += step.log_bytes();
    }
}

} // namespace pev
