/**
 * Runs before first paint, with a nonce: settles the theme (cookie `theme`: dark, light, system) and
 * leaves the browser's time zone in the cookie `zone`, so that pages are written in it.
 */
export const firstPaintScript = `(function(){try{
var m=document.cookie.match(/(?:^|; )theme=(\\w+)/),t=m?m[1]:"dark",r=document.documentElement;
if(t==="system"){t=matchMedia("(prefers-color-scheme: light)").matches?"light":"dark"}
r.classList.toggle("dark",t!=="light");
var z=Intl.DateTimeFormat().resolvedOptions().timeZone;
if(z&&document.cookie.indexOf("zone="+encodeURIComponent(z))<0){
document.cookie="zone="+encodeURIComponent(z)+"; path=/; max-age=31536000; samesite=lax"}
}catch(e){}})()`;
