import "./styles/main.css";
import { createApp } from "vue";
import App from "./App.vue";
import { startI18n } from "./i18n/i18n.ts";
import { router } from "./router.ts";
import { applyStoredTheme } from "./ui/useTheme.ts";

applyStoredTheme();

// After a new release the old chunks are gone: one reload fetches the new ones; a second one would not help.
window.addEventListener("vite:preloadError", (event) => {
  if (sessionStorage.getItem("reloaded-for") === location.pathname) return;
  sessionStorage.setItem("reloaded-for", location.pathname);
  event.preventDefault();
  location.reload();
});

await startI18n();
createApp(App).use(router).mount("#app");
