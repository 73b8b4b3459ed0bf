/** Looks like a chat in a dark theme; colours and measures are our own. */
export const previewStyle = `
:root { color-scheme: dark; --back: #1e2024; --text: #dcdee2; --quiet: #9a9fa8; --line: #3a3e46; --button: #34383f; --accent: #2f7d73; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.4 system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif; }
main { max-width: 52rem; padding: 1.5rem 1rem; }
article { display: flex; gap: 1rem; padding: .5rem 0; }
.face { flex: none; width: 2.5rem; height: 2.5rem; border-radius: 50%; display: grid; place-items: center; font-weight: 700; color: #fff; background: #6a5d8c; }
.nape .face { background: var(--accent); }
.body { min-width: 0; }
header strong { color: #f2f3f5; }
.badge { margin-left: .25rem; padding: .05rem .3rem; border-radius: .25rem; background: #4a5bd0; color: #fff; font-size: .65rem; font-weight: 600; vertical-align: .1rem; }
.mention { padding: 0 .15rem; border-radius: .2rem; background: #3a3f6b; color: #d4d9ff; }
p { margin: .1rem 0 .6rem; overflow-wrap: anywhere; }
small { display: block; margin: .15rem 0; color: var(--quiet); font-size: .8rem; }
blockquote { margin: .2rem 0; padding-left: .75rem; border-left: .25rem solid var(--line); }
ul { margin: .2rem 0 .4rem; padding-left: 1.4rem; }
.message + .message { margin-top: .75rem; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .5rem; }
button { padding: .45rem .9rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--button); color: #f2f3f5; font: inherit; font-size: .875rem; text-align: left; }
button svg { width: 1.1rem; height: 1.1rem; vertical-align: -.2rem; fill: #f2c14e; }
button svg.down { transform: rotate(180deg); }
`;
