// The one style sheet of the documentation: text first, in the fonts of the reader's system, light and dark.

/** levels of a tree that are told apart by indentation */
export const MOST_INDENTED = 16

const INDENTS = Array.from(
  { length: MOST_INDENTED + 1 },
  (_, depth) => `.tree tr.d${depth}>td:first-child{--depth:${depth}}`,
).join('\n')

export const STYLE = `:root{color-scheme:light dark;--ink:#1c2127;--soft:#586069;--line:#d9dee3;--wash:#f5f7f9;--paper:#fff;--link:#0b5cad;--accent:#0b5cad;--code:#f1f4f6;--draft:#8a4b00;--good:#17653a}
@media(prefers-color-scheme:dark){:root{--ink:#dde3e9;--soft:#9aa5b1;--line:#333b44;--wash:#1b2127;--paper:#14181d;--link:#7ab8f5;--accent:#7ab8f5;--code:#20272e;--draft:#f0b36b;--good:#7fd6a2}}
*{box-sizing:border-box}
html{scroll-padding-top:4rem;-webkit-text-size-adjust:100%}
body{margin:0;font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:var(--ink);background:var(--paper)}
a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-100rem}.skip:focus{left:1rem;top:.5rem;z-index:2;background:var(--paper)}
header{position:sticky;top:0;z-index:1;background:var(--paper);border-bottom:1px solid var(--line)}
header nav{display:flex;gap:.2rem 1.2rem;align-items:baseline;max-width:84rem;margin:0 auto;padding:.6rem 1.5rem;overflow-x:auto;white-space:nowrap}
header a{text-decoration:none;color:var(--soft);padding:.15rem 0}
header a.home{font-weight:650;color:var(--ink);margin-right:.6rem}
header a[aria-current]{color:var(--ink);border-bottom:2px solid var(--accent)}
.frame{max-width:84rem;margin:0 auto;padding:1.5rem}
.with-contents{display:grid;grid-template-columns:12rem minmax(0,1fr);gap:2.5rem}
aside nav{position:sticky;top:4.5rem;font-size:.9rem}
aside p{margin:0 0 .4rem;color:var(--soft);font-size:.8rem;text-transform:uppercase;letter-spacing:.06em}
aside ol{list-style:none;margin:0;padding:0;border-left:1px solid var(--line)}
aside li{margin:0}aside li a{display:block;padding:.2rem 0 .2rem .8rem;text-decoration:none;color:var(--soft)}aside li a:hover{color:var(--ink)}
main{min-width:0}
h1{font-size:2rem;line-height:1.2;margin:.2rem 0 .6rem;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font-size:1.35rem;line-height:1.3;margin:2.6rem 0 .8rem;padding-top:.4rem;border-top:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.8rem 0 .4rem;overflow-wrap:anywhere}
p,ul,dl{margin:.6rem 0}.lead{font-size:1.12rem;max-width:48rem}
.note{color:var(--soft);font-size:.92rem;max-width:52rem}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.875em}
code{background:var(--code);padding:.08em .3em;border-radius:3px;overflow-wrap:anywhere}
pre{background:var(--wash);border:1px solid var(--line);border-radius:6px;padding:.8rem 1rem;margin:.6rem 0;overflow:auto;line-height:1.45;max-height:42rem}
pre code{background:none;padding:0;overflow-wrap:normal}
.tag{display:inline-block;font-size:.75rem;line-height:1.5;padding:0 .5em;border:1px solid var(--line);border-radius:1em;color:var(--soft);vertical-align:.15em;white-space:nowrap}
.tag.draft{color:var(--draft);border-color:currentColor}.tag.shipped{color:var(--good);border-color:currentColor}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(24rem,100%),1fr));gap:.6rem 2rem;padding:1rem 0;margin:1rem 0}
.facts dt{color:var(--soft);font-size:.82rem}.facts dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin:.8rem 0;font-size:.94rem}
th{text-align:left;font-weight:600;font-size:.82rem;color:var(--soft);padding:.35rem .8rem .35rem 0;border-bottom:1px solid var(--line);white-space:nowrap}
td{padding:.4rem .8rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td:last-child,th:last-child{padding-right:0}
.plain td{overflow-wrap:break-word}.plain td:first-child{overflow-wrap:normal}
.tree td{overflow-wrap:break-word}
.tree td:first-child{--step:1.15rem;padding-left:calc(var(--depth,0)*var(--step));background:repeating-linear-gradient(90deg,var(--line) 0 1px,transparent 1px var(--step)) .3rem 0/calc(var(--depth,0)*var(--step)) 100% no-repeat;white-space:nowrap}
.tree td:first-child code{background:var(--paper);padding:.08em .1em}
td code.whole{overflow-wrap:break-word}
.tree td code,.types td code{overflow-wrap:normal}
.tree .group td{color:var(--soft);font-style:italic}
.tree td:nth-child(2),.tree th:nth-child(2){white-space:nowrap;font-variant-numeric:tabular-nums}
.tree tr:target>td,.types :target{background-color:color-mix(in srgb,var(--accent) 12%,transparent)}
.tree .self{color:inherit;text-decoration:none}.tree .self:hover{text-decoration:underline}
.must{font-weight:650}
.cim{color:var(--soft)}.cim.named code{font-style:italic}
.more{display:block;color:var(--soft);font-size:.9em}
${INDENTS}
.nouns td:first-child,.criteria td:first-child,.criteria td:last-child{white-space:nowrap}
.method{display:inline-block;min-width:5em;font-weight:650;font-size:.8rem}
details{border:1px solid var(--line);border-radius:6px;margin:.5rem 0;padding:0 .9rem}
summary{cursor:pointer;padding:.5rem 0;overflow-wrap:anywhere}
details[open]>summary{border-bottom:1px solid var(--line);margin-bottom:.6rem}
.sides{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1rem}
.sides h4{margin:.4rem 0;font-size:.9rem;color:var(--soft)}
.columns{columns:3 15rem;column-gap:2rem;padding:0;list-style:none}.columns li{break-inside:avoid}
@media(max-width:72rem){.with-contents{grid-template-columns:minmax(0,1fr)}aside{display:none}.sides{grid-template-columns:minmax(0,1fr)}}
@media(max-width:60rem){
.frame{padding:1rem}header nav{padding:.6rem 1rem}h1{font-size:1.6rem}
table thead{position:absolute;left:-100rem}
table,tbody,tr,td{display:block}
tr{border-bottom:1px solid var(--line);padding:.5rem 0}
td,.tree td:nth-child(2){border:0;padding:.05rem 0;white-space:normal}
td:empty{display:none}
td code,.tree td code,.types td code{overflow-wrap:anywhere}
.nouns td:nth-child(3),.nouns td:nth-child(4){display:inline-block;margin-right:.6rem}
.nouns td:first-child,.tree td:first-child{white-space:normal}
.tree tr{display:flex;flex-wrap:wrap;gap:.1rem .9rem}
.tree td:nth-child(n+4){flex-basis:100%}
.tree td:nth-child(2){color:var(--soft)}
.tree td:first-child{--step:.7rem;background-position:.15rem 0}
.plain td[data-head]:not(:first-child)::before,.tree td[data-head]:nth-child(n+4)::before{content:attr(data-head) " ";color:var(--soft);font-size:.8rem;margin-right:.4rem}
.plain td:first-child{font-weight:600}
}
@media print{header,aside{display:none}.with-contents{display:block}details{border:0}}
`
