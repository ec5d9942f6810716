// The personality that an agent step took on.
#include "ui/inspector/section.h"

#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/inspector/json_view.h"
#include "ui/text.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/definition_grid.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/selectable_text.h"

#include <algorithm>

namespace pev::ui {

namespace {

    constexpr std::size_t kDescriptionLines = 12;
    constexpr float kGap = 10;
    constexpr float kBarHeight = 6;
    constexpr float kMostBar = 160;
    constexpr float kValueWidth = 48;
    constexpr std::size_t kMostEntries = 100; // of a list

    std::string summary_of(Personality const& personality)
    {
        std::string summary = personality.name.substr(0, 200);
        if (!personality.slug.empty())
            summary += (summary.empty() ? "" : " · ") + personality.slug.substr(0, 200);
        return summary;
    }

    // Draws one part below the other, each with its label at the left.
    class CardPainter {
    public:
        CardPainter(Frame& frame, Rect const& body) : frame_(frame), body_(body), y_(body.y) {}

        float bottom() const { return y_ > body_.y ? y_ - kGap : y_; }

        void description(std::string const& text)
        {
            if (text.empty())
                return;
            ImGuiID const id = make_id("personality-description");
            float const height = selectable_lines(frame_, id, pev::ui::body(frame_.theme.muted), {body_.x, y_}, body_.w,
                kBodyLine, text, kDescriptionLines);
            record_text(frame_, id, {body_.x, y_, body_.w, height}, text.substr(0, 1'000));
            y_ += height + kGap;
        }

        void traits(std::vector<LabeledValue> const& traits)
        {
            if (traits.empty())
                return;
            std::vector<Definition> entries;
            for (LabeledValue const& trait : traits)
                entries.push_back({.label = trait.label, .value = trait.value});
            y_ += draw_definitions(frame_, make_id("personality-grid"), {body_.x, y_}, body_.w, entries) + kGap;
        }

        void chips(std::string_view label, std::vector<std::string> const& words)
        {
            if (words.empty())
                return;
            draw_term(label);
            float x = value_x();
            for (std::size_t i = 0; i < std::min(words.size(), kMostEntries); ++i) {
                float const width = pill_width(frame_, words[i]);
                if (x + width > right(body_) && x > value_x()) {
                    x = value_x();
                    y_ += kPillHeight + 5;
                }
                ImGuiID const id = make_id("chip", i, make_id(label));
                selectable_pill(frame_, id, {x, y_}, words[i], frame_.theme.accent);
                record_text(frame_, id, {x, y_, width, kPillHeight}, words[i].substr(0, 200), Role::Definition);
                x += width + 6;
            }
            y_ += kPillHeight + kGap;
        }

        void weights(std::vector<PersonalityWeight> const& weights)
        {
            std::size_t const count = std::min(weights.size(), kMostEntries);
            for (std::size_t i = 0; i < count; ++i) {
                draw_term(weights[i].label);
                draw_bar(weights[i], make_id("weight", i));
                y_ += kBodyLine + 5;
            }
            y_ += count > 0 ? kGap - 5 : 0;
        }

        void phrases(std::string_view label, Icon icon, Color color, std::vector<std::string> const& phrases)
        {
            if (phrases.empty())
                return;
            draw_term(label);
            for (std::size_t i = 0; i < std::min(phrases.size(), kMostEntries); ++i) {
                draw_icon(frame_, icon, {value_x(), y_ + 3, 13, 13}, color);
                ImGuiID const id = make_id("phrase", i, make_id(label));
                float const x = value_x() + 19;
                float const height = selectable_lines(
                    frame_, id, body_medium(frame_.theme.text), {x, y_}, right(body_) - x, kBodyLine, phrases[i], 6);
                record_text(frame_, id, {x, y_, right(body_) - x, height}, phrases[i].substr(0, 500), Role::Definition);
                y_ += height + 3;
            }
            y_ += kGap - 3;
        }

    private:
        float value_x() const { return body_.x + kDefinitionLabel + kDefinitionGap; }

        void draw_term(std::string_view label)
        {
            Rect const place{body_.x, y_, kDefinitionLabel, kBodyLine};
            draw_cut(frame_, pev::ui::body(frame_.theme.muted), place, label);
            record_text(
                frame_, make_id("term", make_id(label, make_id("personality"))), place, std::string{label}, Role::Term);
        }

        void draw_bar(PersonalityWeight const& weight, ImGuiID id)
        {
            Theme const& theme = frame_.theme;
            Rect bar{value_x(), y_ + (kBodyLine - kBarHeight) / 2, 0, kBarHeight};
            bar.w = std::clamp(right(body_) - bar.x - kValueWidth, 20.0f, kMostBar);
            fill(frame_, bar, theme.line, kBarHeight / 2);
            Rect filled = bar;
            filled.w = std::max(kBarHeight, bar.w * weight.share);
            if (weight.share > 0)
                fill(frame_, filled, theme.accent, kBarHeight / 2);
            Rect const value{right(bar) + 10, y_, right(body_) - right(bar) - 10, kBodyLine};
            selectable_line(frame_, id, tabular(body_medium(theme.text)), value, weight.value);
            record_text(frame_, id, {bar.x, y_, right(value) - bar.x, kBodyLine}, weight.value, Role::Definition);
        }

        Frame& frame_;
        Rect body_;
        float y_;
    };

} // namespace

float draw_personality_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    if (!step.personality)
        return place.y;
    Personality const& personality = *step.personality;
    Inspection const& seen = frame.state.derived.inspection;
    bool const open = is_open(frame, Section::Personality);
    bool const raw = frame.state.view.raw_json[static_cast<std::size_t>(Section::Personality)];
    std::string const summary = summary_of(personality);
    SectionHeader header{.section = Section::Personality, .title = "Personality", .summary = summary};
    if (open && !personality.configuration.empty())
        header.actions
            = {{.verb = SectionVerb::Raw, .label = "Raw", .on = raw, .name = "Personality as JSON"}, copy_action()};
    if (auto const clicked = section_header(frame, section_bar(frame, place), header)) {
        if (clicked->verb == SectionVerb::Copy)
            frame.act(CopyText{valid_json(personality.configuration)});
        else
            frame.act(ToggleRawJson{Section::Personality});
    }
    if (!open)
        return end_closed(frame, place);

    Rect const body = section_body(frame, place);
    CardPainter card{frame, body};
    card.description(personality.description);
    if (raw) {
        float const y = card.bottom() + (card.bottom() > body.y ? kGap : 0);
        JsonPlace const json{
            .id = make_id("personality-raw"), .text = personality.configuration, .revision = step.revision};
        return end_open(frame, place, y + draw_json_tree(frame, json, {body.x, y}, body.w));
    }
    if (seen.step_key == step.key) {
        PersonalityView const& view = seen.personality;
        Theme const& theme = frame.theme;
        card.traits(view.traits);
        card.chips("Domains", view.domains);
        card.weights(view.weights);
        card.phrases("Requires", Icon::Check, state_color(ExecutionState::Success), view.required);
        card.phrases("Forbids", Icon::Cross, theme.error_text, view.forbidden);
    }
    return end_open(frame, place, card.bottom());
}

} // namespace pev::ui
