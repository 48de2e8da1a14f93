import type { Bilingual } from '../../../shared/domain/language.ts';

/** Where a hub's goods lie. */
const zh = {
  menu: '仓库',
  rights: { 'see-warehouses': '查看仓库', 'open-warehouse': '开设仓库' },
  none: '还没有仓库。',
  labels: {
    name: '仓库名称',
    'place.province': '省份',
    'place.city': '城市',
    'place.district': '区县',
  },
  open: '开设仓库',
};

const en: typeof zh = {
  menu: 'Warehouses',
  rights: { 'see-warehouses': 'See warehouses', 'open-warehouse': 'Open warehouses' },
  none: 'No warehouse yet.',
  labels: {
    name: 'Name of the warehouse',
    'place.province': 'Province',
    'place.city': 'City',
    'place.district': 'District or county',
  },
  open: 'Open a warehouse',
};

export const warehousesText: Bilingual<typeof zh> = { zh, en };
