// The least that a page can do that draws with WebGL: a context, a program, a triangle. No viewer in a canvas is there sooner.
const canvas = document.getElementById("canvas");
canvas.width = canvas.clientWidth * devicePixelRatio;
canvas.height = canvas.clientHeight * devicePixelRatio;
const gl = canvas.getContext("webgl2", { alpha: false, antialias: false, depth: false, stencil: false });

const program = gl.createProgram();
for (const [kind, code] of [
  [gl.VERTEX_SHADER, "in vec2 at; void main() { gl_Position = vec4(at, 0, 1); }"],
  [gl.FRAGMENT_SHADER, "precision mediump float; out vec4 color; void main() { color = vec4(0.2, 0.4, 0.8, 1); }"],
]) {
  const shader = gl.createShader(kind);
  gl.shaderSource(shader, `#version 300 es\n${code}`);
  gl.compileShader(shader);
  gl.attachShader(program, shader);
}
gl.linkProgram(program);
gl.useProgram(program);
gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, 0, 1]), gl.STATIC_DRAW);
gl.enableVertexAttribArray(0);
gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
gl.drawArrays(gl.TRIANGLES, 0, 3);

// As the viewer, it has the run as well.
fetch(`/api/v1/playbook-runs/${new URLSearchParams(location.search).get("run")}`).then((response) => response.json()).then(() => {
  performance.mark("run-drawn");
});
