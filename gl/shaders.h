// The one GL program: shapes, plain text and emoji. The line with the version goes before it: GLSL 3.30 and 3.00 ES both have
// what is used here.
#pragma once

namespace pev::gl {

inline constexpr char const* kVertexShader = R"glsl(
precision highp float;
precision highp sampler2D;

layout(location = 0) in vec2 position; // CSS pixels
layout(location = 1) in vec2 uv;
layout(location = 2) in vec4 color;

uniform vec2 canvas_size; // device pixels
uniform float density;    // device pixels in a CSS pixel
uniform vec2 white_texel; // what shapes are filled with
uniform float contrast;
uniform sampler2D atlas;

out vec2 texel;
out vec4 tint;
flat out vec4 phase; // picks the channel of a glyph
flat out float thinning;

void main()
{
    vec2 pixel = position * density;
    texel = uv * vec2(textureSize(atlas, 0));
    phase = vec4(1.0, 0.0, 0.0, 0.0);

    if (any(greaterThan(abs(texel - white_texel), vec2(0.25)))) {
        // A glyph's texels are device pixels, so this difference is the same at its four corners, clipped or not:
        // corners move together, and each texel lands on one pixel.
        vec2 origin = pixel - texel;
        float quarters = floor(origin.x * 4.0 + 0.5);
        float whole = floor(quarters * 0.25);
        int part = int(quarters - whole * 4.0);
        phase = vec4(equal(ivec4(part), ivec4(0, 1, 2, 3)));
        phase.w *= 255.0 / 254.0; // has seven bits
        pixel = vec2(whole, floor(origin.y + 0.5)) + texel;
    }

    float brightness = dot(color.rgb, vec3(0.2126, 0.7152, 0.0722));
    thinning = contrast * (1.0 - brightness * brightness);
    tint = color;
    gl_Position = vec4(pixel / canvas_size * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
)glsl";

inline constexpr char const* kFragmentShader = R"glsl(
precision highp float;
precision highp sampler2D;

uniform sampler2D atlas;

in vec2 texel;
in vec4 tint;
flat in vec4 phase;
flat in float thinning;
out vec4 color; // premultiplied

void main()
{
    vec4 t = texelFetch(atlas, ivec2(texel), 0);
    if ((int(t.a * 255.0 + 0.5) & 1) == 1) {
        t *= tint;
        color = vec4(t.rgb * t.a, t.a);
    } else {
        float coverage = dot(t, phase);
        coverage -= thinning * coverage * (1.0 - coverage);
        color = vec4(tint.rgb, 1.0) * (tint.a * coverage);
    }
}
)glsl";

} // namespace pev::gl
