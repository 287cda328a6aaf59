import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";
import { loadMessages, type MessageKey, type MessageNamespace } from "./i18n/i18n.ts";
import { setPageTitle } from "./ui/usePageTitle.ts";

declare module "vue-router" {
  interface RouteMeta {
    /** The catalogues that the page needs; `player` is always there. */
    messages?: MessageNamespace[];
    title: MessageKey;
  }
}

const routes: RouteRecordRaw[] = [
  {
    path: "/",
    name: "home",
    component: () => import("./features/home/HomePage.vue"),
    meta: { title: "home.title" },
  },
  {
    path: "/join/:code?",
    name: "join",
    component: () => import("./features/join/JoinPage.vue"),
    props: true,
    meta: { title: "join.title" },
  },
  {
    path: "/play/:code",
    name: "play",
    component: () => import("./features/play/PlayPage.vue"),
    props: true,
    meta: { title: "play.title" },
  },
  {
    path: "/signin",
    name: "signin",
    component: () => import("./features/account/SignInPage.vue"),
    meta: { title: "page.signIn", messages: ["author"] },
  },
  {
    path: "/host",
    name: "library",
    component: () => import("./features/library/LibraryPage.vue"),
    meta: { title: "page.library", messages: ["author"] },
  },
  {
    path: "/programs",
    name: "programs",
    component: () => import("./features/programs/ProgramsPage.vue"),
    meta: { title: "page.programs", messages: ["author", "programs"] },
  },
  {
    path: "/edit/new",
    name: "new-quiz",
    component: () => import("./features/author/EditorPage.vue"),
    meta: { title: "page.editor", messages: ["author"] },
  },
  {
    path: "/edit/:id",
    name: "edit-quiz",
    component: () => import("./features/author/EditorPage.vue"),
    props: true,
    meta: { title: "page.editor", messages: ["author"] },
  },
  {
    path: "/host/:code(\\d{6})",
    name: "host",
    component: () => import("./features/host/HostPage.vue"),
    props: true,
    meta: { title: "page.host", messages: ["host"] },
  },
  {
    path: "/host/:code(\\d{6})/control",
    name: "control",
    component: () => import("./features/host/ControlPage.vue"),
    props: true,
    meta: { title: "page.control", messages: ["host"] },
  },
  {
    path: "/results/:code",
    name: "results",
    component: () => import("./features/reports/ResultsPage.vue"),
    props: true,
    meta: { title: "page.results", messages: ["host"] },
  },
  {
    path: "/reports/session/:id",
    name: "session-report",
    component: () => import("./features/reports/analysis/SessionReportPage.vue"),
    props: true,
    meta: { title: "page.report", messages: ["host", "reports"] },
  },
  {
    path: "/reports/quiz/:id",
    name: "quiz-report",
    component: () => import("./features/reports/analysis/QuizReportPage.vue"),
    props: true,
    meta: { title: "page.report", messages: ["host", "reports"] },
  },
  {
    path: "/:path(.*)*",
    name: "not-found",
    component: () => import("./features/home/NotFoundPage.vue"),
    meta: { title: "notFound.title" },
  },
];

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

router.beforeResolve(async (to) => {
  await Promise.all((to.meta.messages ?? []).map(loadMessages));
});
router.afterEach((to) => setPageTitle(to.meta.title));
