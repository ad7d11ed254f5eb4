import type { RouteRecordRaw } from 'vue-router'

/** What a feature folder declares about itself; `feature` is the key the server must grant in `me.menu`. */
export interface FeatureModule {
  name: string
  feature?: string
  menu?: { label: string; to: string; order: number }
  routes: RouteRecordRaw[]
}

declare module 'vue-router' {
  interface RouteMeta {
    /** Open to anyone, no account asked. */
    open?: boolean
    /** A sub-page of the one above it: moving there keeps the scroll position. */
    keepScroll?: boolean
    /** Locale key of the page's title. */
    title?: string
    feature?: string
  }
}
