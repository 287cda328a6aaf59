import { ref, watchEffect } from "vue";
import { type MessageKey, t } from "../i18n/i18n.ts";

const key = ref<MessageKey>("home.title");
const detail = ref("");

watchEffect(() => {
  const parts = [detail.value, t(key.value), t("common.brand")].filter((part) => part !== "");
  document.title = [...new Set(parts)].join(" · ");
});

/** The route's title, in the chosen language, followed by the product's name. */
export function setPageTitle(next: MessageKey): void {
  key.value = next;
  detail.value = "";
}

/** What stands before the route's title: the quiz's name, the question's number. */
export function setPageTitleDetail(text: string): void {
  detail.value = text;
}
