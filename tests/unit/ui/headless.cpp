#include "tests/unit/ui/headless.h"

#include "tests/unit/support/recordings.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>

namespace pev::test {

namespace {

    // There is no GPU that textures would have to go to.
    void accept_textures()
    {
        ImDrawData const* const data = ImGui::GetDrawData();
        if (data->Textures == nullptr)
            return;
        for (ImTextureData* const texture : *data->Textures) {
            if (texture->Status == ImTextureStatus_WantDestroy) {
                texture->SetTexID(ImTextureID_Invalid);
                texture->SetStatus(ImTextureStatus_Destroyed);
            } else if (texture->Status != ImTextureStatus_OK) {
                texture->SetTexID(static_cast<ImTextureID>(texture->UniqueID) + 1);
                texture->SetStatus(ImTextureStatus_OK);
            }
        }
    }

    template <typename Wanted>
    Wanted const* newest(std::vector<Effect> const& effects)
    {
        Wanted const* found = nullptr;
        for (Effect const& effect : effects) {
            if (auto const* const wanted = std::get_if<Wanted>(&effect))
                found = wanted;
        }
        return found;
    }

} // namespace

Headless::Headless(float width, float height, Options options)
    : session_(
          [&] {
              if (options.run.empty())
                  options.run = "run-1";
              return options;
          }(),
          platform_),
      now_(at(120)),
      context_(ImGui::CreateContext())
{
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    io.DisplaySize = {width, height};
    io.Fonts->AddFontDefault();
    session_.start(now_);
}

Headless::~Headless()
{
    ImGui::DestroyContext(context_);
}

void Headless::answer_with_file(std::string const& name)
{
    answer(200, read_file(name));
}

void Headless::answer(int status, std::string body)
{
    for (Effect& effect : platform_.take())
        asked_.push_back(std::move(effect));
    Fetch const* const fetch = newest<Fetch>(asked_);
    REQUIRE(fetch != nullptr);
    HttpAnswer given;
    given.id = fetch->id;
    given.status = status;
    given.content_type = "application/json";
    given.body = std::move(body);
    session_.arrive(given, now_);
}

void Headless::open_stream()
{
    for (Effect& effect : platform_.take())
        asked_.push_back(std::move(effect));
    OpenStream const* const stream = newest<OpenStream>(asked_);
    REQUIRE(stream != nullptr);
    session_.arrive(StreamOpened{stream->id}, now_);
}

ui::FrameResult Headless::frame()
{
    ImGui::SetCurrentContext(context_);
    ImGui::GetIO().DeltaTime = 1.0f / 60;
    ImGui::NewFrame();
    Actions actions;
    ui::FrameResult const result = ui::draw_frame(session_.state(), now_, environment, semantics_, actions);
    ImGui::Render();
    accept_textures();
    for (Action const& action : actions)
        session_.act(action, now_);
    return result;
}

void Headless::settle()
{
    for (int i = 0; i < 4; ++i)
        frame();
}

void Headless::click(ui::Role role, std::string_view name)
{
    ui::SemanticNode const* const node = find(role, name);
    INFO(ui::role_word(role) << " '" << name << "'");
    REQUIRE(node != nullptr);
    ImGuiIO& io = ImGui::GetIO();
    io.AddMousePosEvent(node->rect.x + node->rect.w / 2, node->rect.y + node->rect.h / 2);
    frame();
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
    frame();
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
    settle();
}

void Headless::press(int imgui_key)
{
    ImGuiIO& io = ImGui::GetIO();
    io.AddKeyEvent(static_cast<ImGuiKey>(imgui_key), true);
    frame();
    io.AddKeyEvent(static_cast<ImGuiKey>(imgui_key), false);
    settle();
}

void Headless::type(std::string_view text)
{
    for (char const c : text) {
        ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(c));
        frame();
    }
    settle();
}

ui::SemanticNode const* Headless::find(ui::Role role, std::string_view name) const
{
    for (ui::SemanticNode const& node : semantics_.nodes()) {
        if (node.role == role && node.name == name)
            return &node;
    }
    return nullptr;
}

std::size_t Headless::count(ui::Role role) const
{
    std::size_t count = 0;
    for (ui::SemanticNode const& node : semantics_.nodes())
        count += node.role == role ? 1 : 0;
    return count;
}

} // namespace pev::test
