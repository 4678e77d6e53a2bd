/// How the page looks, and the script that sorts its table; both are part of the page.
enum ReportStyle {
  /// Light and dark by the reader's preference; on paper light, the long table small.
  static let styleSheet = """
    :root{color-scheme:light dark;--ground:#fff;--ink:#1b1b1b;--soft:#555;--line:#d5d5d5;--band:#f3f4f6;--link:#0b4fc0;\
    --curve:#26728c;--area:#26728c33;--even:#b93a06;--ten:#6d28d9}
    @media (prefers-color-scheme:dark){:root{--ground:#15171a;--ink:#e8e8e8;--soft:#a9adb3;--line:#3a3f46;--band:#1f2328;\
    --link:#8ab4f8;--curve:#5cc4cf;--area:#5cc4cf33;--even:#fb923c;--ten:#c4b5fd}}
    @media print{:root{--ground:#fff;--ink:#000;--soft:#444;--line:#bbb;--band:#f3f4f6;--link:#000;\
    --curve:#26728c;--area:#26728c33;--even:#b93a06;--ten:#6d28d9}}
    *{box-sizing:border-box;-webkit-print-color-adjust:exact;print-color-adjust:exact}
    body{margin:0 auto;padding:1.5rem 1.5rem 4rem;max-width:110rem;background:var(--ground);color:var(--ink);\
    font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    h1{font-size:1.7rem;margin:0 0 .2rem;overflow-wrap:anywhere}h2{font-size:1.2rem;margin:2.2rem 0 .5rem}
    h3{font-size:1rem;margin:.4rem 0}p{max-width:46rem;margin:.4rem 0}
    .soft,caption,figcaption,dd{color:var(--soft)}a{color:var(--link)}
    ul.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.6rem;padding:0;list-style:none}
    .tiles li{background:var(--band);padding:.6rem .8rem;border-radius:.4rem}.tiles b{display:block;font-size:1.35rem}
    .two{display:grid;grid-template-columns:repeat(auto-fit,minmax(22rem,1fr));gap:0 2rem}.two ol{margin:0;padding-left:1.4rem}
    .wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
    caption,figcaption{text-align:left;padding:.3rem 0;font-weight:600}
    .map{margin:.6rem 0;break-inside:avoid}.map th{font-weight:400;text-align:right;padding:0 .5rem;font-size:.85rem;max-width:24rem}.map tbody th{min-width:12rem}
    .map thead th{text-align:center;padding:0}.map td{width:2.3rem;height:1.7rem;text-align:center;font-size:.85rem;padding:0;\
    border:1px solid var(--ground)}.map td a{display:block;color:inherit;text-decoration:none;line-height:1.6rem}
    .map td a:hover{text-decoration:underline}.none{color:var(--soft)}
    .all{font-size:.82rem}.all td,.all th{padding:.15rem .5rem;text-align:right;border-bottom:1px solid var(--line);\
    white-space:nowrap}.all th[scope=row]{font-weight:400;text-align:left;white-space:normal;min-width:16rem;\
    overflow-wrap:anywhere}.all .l{text-align:left}.all thead th{vertical-align:bottom;background:var(--band)}
    .all button{all:unset;cursor:pointer}.all button:focus-visible{outline:2px solid var(--link)}
    .all th[aria-sort=ascending] button::after{content:" ▲"}.all th[aria-sort=descending] button::after{content:" ▼"}
    tr:target{background:var(--band)}tr:target th[scope=row]{font-weight:700}
    svg text{fill:var(--ink);font-size:10px}.s{width:150px;height:34px;display:block;background:var(--band)}
    .s path{vector-effect:non-scaling-stroke}
    .c{fill:none;stroke:var(--curve);stroke-width:1.5}.f{fill:var(--area)}.b{stroke:var(--even);stroke-width:1.5}
    .e{stroke:var(--ten);stroke-width:1.5;stroke-dasharray:3 2}.g{stroke:var(--ink)}
    .t{stroke:#000;stroke-width:1}.u{stroke:#fff;stroke-width:3}.heat,.legend{max-width:100%;height:auto;display:block}
    figure{margin:0;break-inside:avoid}.roles{display:grid;grid-template-columns:repeat(auto-fit,minmax(22rem,1fr));gap:1rem}
    .words{display:grid;grid-template-columns:max-content 1fr;gap:.15rem .9rem;max-width:60rem;margin:0}.words dd{margin:0}
    @page{size:A4 landscape;margin:10mm}
    @media print{body{padding:0;font-size:9pt;max-width:none}.wide{overflow:visible}.all{font-size:5.6pt}\
    .all td,.all th{padding:.5pt 1.6pt}.all th[scope=row]{min-width:0}.all thead th{white-space:normal}.s{width:64pt;height:14pt}\
    .map td{width:17pt;height:12pt;font-size:7pt}.map td a{line-height:11pt}.map th{font-size:7pt}\
    tr{break-inside:avoid}thead{display:table-header-group}h2,h3,caption{break-after:avoid}a{text-decoration:none}}

    """ + ColorRamp.styleSheet

  /// Sorts the table by the heading that is clicked; the page reads as well without it. It holds no character that markup
  /// would have to escape.
  static let script = """
    (function(){
    var table=document.getElementById("matrices");
    if(!table)return;
    var heads=Array.from(table.tHead.rows[0].cells),body=table.tBodies[0];
    heads.forEach(function(head,column){
    if(head.textContent==="spectrum")return;
    var button=document.createElement("button");
    button.textContent=head.textContent;
    head.replaceChildren(button);
    button.onclick=function(){
    var turn=head.getAttribute("aria-sort")==="ascending"?-1:1,isText=head.className==="l";
    heads.forEach(function(other){other.removeAttribute("aria-sort")});
    head.setAttribute("aria-sort",turn===1?"ascending":"descending");
    Array.from(body.rows).map(function(row){
    var cell=row.cells[column],text=cell.dataset.v||cell.textContent;
    return{row:row,text:text,number:parseFloat(text)};
    }).sort(function(a,b){
    if(isText)return turn*a.text.localeCompare(b.text,"en",{numeric:true});
    var x=isNaN(a.number),y=isNaN(b.number);
    return x||y?x-y:turn*(a.number-b.number);
    }).forEach(function(item){body.appendChild(item.row)});
    };
    });
    })();
    """
}
