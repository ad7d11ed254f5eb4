import { beforeAll } from 'vitest'

import { setLocale } from '@/shared/i18n'

beforeAll(() => setLocale('zh-CN'))
