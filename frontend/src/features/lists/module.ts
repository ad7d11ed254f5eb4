import type { FeatureModule } from '@/shared/module'

const meta = { open: true, title: 'list.title' }

export const module: FeatureModule = {
  name: 'lists',
  routes: [
    { path: '/lists', name: 'lists', component: () => import('./ListsPage.vue'), meta },
    { path: '/lists/:id', name: 'list', component: () => import('./ListPage.vue'), meta },
  ],
}
