#include "shared/run/event.h"

namespace pev {

std::string_view event_type(Event const& event)
{
    struct Visitor {
        std::string_view operator()(RunUpdated const&) const { return "run.updated"; }
        std::string_view operator()(RunCompleted const&) const { return "run.completed"; }
        std::string_view operator()(RunFailed const&) const { return "run.failed"; }
        std::string_view operator()(StepUpdated const&) const { return "step.updated"; }
        std::string_view operator()(StepCompleted const&) const { return "step.completed"; }
        std::string_view operator()(StepFailed const&) const { return "step.failed"; }
        std::string_view operator()(StepLogAppended const&) const { return "step.log.appended"; }
    };
    return std::visit(Visitor{}, event);
}

std::string_view event_step_key(Event const& event)
{
    struct Visitor {
        std::string_view operator()(RunUpdated const&) const { return {}; }
        std::string_view operator()(RunCompleted const&) const { return {}; }
        std::string_view operator()(RunFailed const&) const { return {}; }
        std::string_view operator()(StepUpdated const& event) const { return event.step_key; }
        std::string_view operator()(StepCompleted const& event) const { return event.step_key; }
        std::string_view operator()(StepFailed const& event) const { return event.step_key; }
        std::string_view operator()(StepLogAppended const& event) const { return event.step_key; }
    };
    return std::visit(Visitor{}, event);
}

} // namespace pev
