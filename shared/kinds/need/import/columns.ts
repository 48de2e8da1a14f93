import type { ColumnRule } from '../../../domain/sheet/find-header.ts';

/** What a sheet of needs can tell. Only organization and item must be there. */
export const needFields = [
  'organization',
  'province',
  'city',
  'district',
  'item',
  'specification',
  'quantity',
  'unit',
  'contact',
  'phone',
  'address',
  'neededBy',
  'urgency',
  'careTier',
  'note',
] as const;
export type NeedField = (typeof needFields)[number];

export const requiredNeedFields = ['organization', 'item'] as const satisfies readonly NeedField[];

/**
 * The headings that volunteers' sheets have, in Chinese and English. The order matters for the patterns: "医院地址" is an
 * address before it is a hospital, "物资数量" a quantity before it is an item, and a bare "单位" is the organization
 * where nothing else is, and the unit beside one.
 */
export const needColumns: readonly ColumnRule<NeedField>[] = [
  {
    field: 'quantity',
    names: ['quantity', 'qty', 'amount', '数量', '需求数量', '需求量', '需要数量', '所需数量', '缺口', '件数'],
    patterns: [/数量|需求量|缺口/, /quantity|qty|amount/],
  },
  {
    field: 'specification',
    names: ['specification', 'spec', 'specs', 'model', 'standard', '规格', '型号', '标准', '规格型号', '规格标准'],
    patterns: [/规格|型号|标准|要求/, /specification|standard/],
  },
  {
    field: 'phone',
    names: ['phone', 'tel', 'telephone', 'mobile', '电话', '手机', '手机号', '联系电话', '联系方式'],
    patterns: [/电话|手机|联系方式/, /phone|mobile/],
  },
  {
    field: 'contact',
    names: ['contact', 'contactperson', 'contactname', '联系人', '联系人姓名', '负责人', '对接人', '收件人', '收货人'],
    patterns: [/联系人|负责人|对接人|收件人|收货人/, /contact/],
  },
  {
    field: 'address',
    names: ['address', 'deliveryaddress', '地址', '收货地址', '详细地址', '收件地址', '邮寄地址'],
    patterns: [/地址/, /address/],
  },
  {
    field: 'neededBy',
    names: ['neededby', 'deadline', 'by', '截止', '截止日期', '截止时间', '需求时间', '到货时间', '需求日期'],
    patterns: [/截止|到货|需求(时间|日期)|期限/, /neededby|deadline|duedate/],
  },
  {
    field: 'urgency',
    names: ['urgency', 'priority', '紧急程度', '紧急', '急需程度', '优先级', '缓急'],
    patterns: [/紧急|优先/, /urgen|priority/],
  },
  {
    field: 'careTier',
    names: ['caretier', 'caselevel', '收治类型', '收治级别', '病人类型', '收治对象'],
    patterns: [/收治/],
  },
  {
    field: 'note',
    names: ['note', 'notes', 'remark', 'remarks', 'comment', 'comments', '备注', '说明', '其他'],
    patterns: [/备注/],
  },
  {
    field: 'province',
    names: ['province', '省', '省份', '所在省', '所在省份'],
    patterns: [/省份|^所在省/, /province/],
  },
  {
    field: 'city',
    names: ['city', '市', '城市', '地市', '地级市', '所在市', '所在城市'],
    patterns: [/城市|地市|地级市/, /^city|city$/],
  },
  {
    field: 'district',
    names: [
      'district',
      'county',
      '区',
      '县',
      '区县',
      '县区',
      '县市区',
      '区县市',
      '市区县',
      '所在区',
      '所在区县',
      '行政区',
    ],
    patterns: [/区县|县区|所在区|行政区/, /district|county/],
  },
  {
    field: 'organization',
    names: [
      'organization',
      'organisation',
      'hospital',
      'institution',
      'recipient',
      '医院',
      '机构',
      '组织',
      '医院名称',
      '机构名称',
      '组织名称',
      '单位名称',
      '受捐单位',
      '受赠单位',
      '需求单位',
      '求助单位',
      '接收单位',
      '申请单位',
    ],
    patterns: [
      /(医院|机构|组织|(受捐|受赠|需求|求助|接收|申请|使用)(单位|方))(名称|全称|名)?$/,
      /organi[sz]ation|hospital|institution|facility|recipient/,
      /单位(名称|全称)?$/,
    ],
  },
  { field: 'unit', names: ['unit', 'units', '计量单位', '数量单位'], patterns: [/^单位$|计量/] },
  {
    field: 'item',
    names: [
      'item',
      'items',
      'supply',
      'supplies',
      'material',
      'product',
      '物资',
      '物品',
      '品名',
      '名称',
      '物资名称',
      '物品名称',
    ],
    patterns: [/(物资|物品|用品|产品|耗材)(名称|种类|类别|明细)?$|品名|品种/, /item|suppl|material|product|goods/],
  },
];
