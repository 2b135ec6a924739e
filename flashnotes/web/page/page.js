// Keys go to the session without a click; at its end, to the button.
"use strict";

const again = document.getElementById("again");
again.addEventListener("click", () => window.location.replace("/"));

new MutationObserver(() => {
  const state = document.body.classList;
  if (state.contains("-closed")) again.focus();
  else if (state.contains("-first-byte")) document.querySelector(".xterm-helper-textarea").focus();
}).observe(document.body, { attributeFilter: ["class"] });
