import { applicantFields } from '../applicant-fields.ts';
import type { Fields } from '../define.ts';
import type { NeedInput } from './input.ts';
import { MAX_LINES } from './line.ts';

/** What is asked about a need, in the order of the form. */
export const needFields = {
  ...applicantFields,
  lines: {
    widget: 'rows',
    step: 'lines',
    in: ['submit', 'behalf', 'changes'],
    most: MAX_LINES,
    parts: {
      item: {
        widget: 'line',
        column: {
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
            '需要什么',
            '需求内容',
            '物资需求',
            '所需物资',
            '所需物资信息',
          ],
          patterns: [
            /(物资|物品|用品|产品|耗材)(名称|种类|类别|明细|信息|需求)?$|品名|品种/,
            /(需要|急需|缺少?|短缺|求助|需求)(什么|的?(物资|物品|东西|内容|清单|明细))/,
            /item|suppl|material|product|goods|needed|what/,
          ],
          except:
            /编码|编号|代码|条码|序号|供应商|供货|厂家|厂商|品牌|单价|金额|code|number|(item|product|material)id$|^no$|supplier|vendor|manufactur|brand|price|donor|neededby/,
        },
      },
      specification: {
        widget: 'line',
        column: {
          names: [
            'specification',
            'spec',
            'specs',
            'model',
            'standard',
            '规格',
            '型号',
            '标准',
            '规格型号',
            '规格标准',
          ],
          patterns: [/规格|型号|标准|要求/, /specification|standard/],
        },
      },
      quantity: {
        widget: 'quantity',
        unit: 'unit',
        column: {
          names: ['quantity', 'qty', 'amount', '数量', '需求数量', '需求量', '需要数量', '所需数量', '缺口', '件数'],
          patterns: [/数量|需求量|缺口/, /quantity|qty|amount/],
          except: /日均|每[日天]|消耗|库存|现有|已[收到有]|捐赠|单价|stock|onhand|received|daily|perday|price/,
        },
      },
      unit: { widget: 'line', column: { names: ['unit', 'units', '计量单位', '数量单位'], patterns: [/^单位$|计量/] } },
    },
  },
  careTier: {
    widget: 'choice',
    step: 'lines',
    in: ['submit', 'behalf', 'changes', 'verified'],
    column: {
      names: ['caretier', 'caselevel', '收治类型', '收治级别', '病人类型', '收治对象'],
      patterns: [/收治/],
    },
  },
  note: {
    widget: 'prose',
    step: 'lines',
    in: ['submit', 'behalf', 'changes'],
    use: 'words',
    column: {
      names: ['note', 'notes', 'remark', 'remarks', 'comment', 'comments', '备注', '说明', '其他'],
      patterns: [/备注/],
    },
  },
  urgency: {
    widget: 'choice',
    step: 'delivery',
    in: ['submit', 'behalf', 'changes', 'verified'],
    column: {
      names: ['urgency', 'priority', '紧急程度', '紧急', '急需程度', '优先级', '缓急'],
      patterns: [/紧急|优先/, /urgen|priority/],
    },
  },
  neededBy: {
    widget: 'date',
    future: true,
    step: 'delivery',
    in: ['submit', 'behalf', 'changes'],
    column: {
      names: ['neededby', 'deadline', 'by', '截止', '截止日期', '截止时间', '需求时间', '到货时间', '需求日期'],
      patterns: [/截止|到货|需求(时间|日期)|期限/, /neededby|deadline|duedate/],
    },
  },
  delivery: {
    widget: 'group',
    step: 'delivery',
    in: ['submit', 'behalf', 'changes', 'verified'],
    use: 'delivery',
    parts: {
      address: {
        widget: 'line',
        autocomplete: 'street-address',
        column: {
          names: ['address', 'deliveryaddress', '地址', '收货地址', '详细地址', '收件地址', '邮寄地址'],
          patterns: [/地址/, /address/],
        },
      },
      recipient: { widget: 'line', autocomplete: 'off' },
      phone: { widget: 'phone', autocomplete: 'off' },
    },
  },
} as const satisfies Fields<NeedInput>;
