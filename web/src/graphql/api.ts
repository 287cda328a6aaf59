import { provideClient } from "@urql/vue";
import {
  type ComponentInternalInstance,
  getCurrentInstance,
  type InjectionKey,
  inject,
  onScopeDispose,
  provide,
} from "vue";
import { type Api, api, createApi } from "./client.ts";

const key: InjectionKey<Api> = Symbol("api");
/** Vue injects from above only; the component that provides wants its own as well. */
const ownApis = new WeakMap<ComponentInternalInstance, Api>();

/** The client and connection that the components below a page use; without a page's own, those of the signed-in user. */
export function useApi(): Api {
  const instance = getCurrentInstance();
  return (instance && ownApis.get(instance)) ?? inject(key, api);
}

/** Makes everything in this component and below act with a player's token, over a connection of its own. */
export function providePlayerApi(token: string): Api {
  const playerApi = createApi(token);
  const instance = getCurrentInstance();
  if (instance) ownApis.set(instance, playerApi);
  provide(key, playerApi);
  provideClient(playerApi.client);
  onScopeDispose(playerApi.connection.close);
  return playerApi;
}
