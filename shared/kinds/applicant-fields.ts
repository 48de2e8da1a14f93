import type { Fields } from './define.ts';
import type { NeedInput } from './need/input.ts';

/** What every kind asks of who asks. */
export type ApplicantInput = Pick<
  NeedInput,
  'organization' | 'organizationType' | 'language' | 'place' | 'contact' | 'consent'
>;

/** The fields that tell who asks; the same in each form. */
export const applicantFields = {
  organization: {
    widget: 'line',
    step: 'who',
    in: ['submit', 'behalf'],
    autocomplete: 'organization',
    column: {
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
      except: /供应|供货|捐赠|捐助|生产|计量|数量|填报|采购|承运|supplier|donor|type|类型|级别/,
    },
  },
  organizationType: { widget: 'choice', step: 'who', in: ['submit', 'behalf'] },
  place: {
    widget: 'place',
    step: 'who',
    in: ['submit', 'behalf'],
    parts: {
      province: {
        widget: 'line',
        autocomplete: 'address-level1',
        column: { names: ['province', '省', '省份', '所在省', '所在省份'], patterns: [/省份|^所在省/, /province/] },
      },
      city: {
        widget: 'line',
        autocomplete: 'address-level2',
        column: {
          names: ['city', '市', '城市', '地市', '地级市', '所在市', '所在城市'],
          patterns: [/城市|地市|地级市/, /^city|city$/],
        },
      },
      district: {
        widget: 'line',
        autocomplete: 'address-level3',
        column: {
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
      },
    },
  },
  contact: {
    widget: 'group',
    step: 'who',
    in: ['submit', 'behalf', 'changes', 'verified'],
    use: 'contact',
    parts: {
      name: {
        widget: 'line',
        autocomplete: 'name',
        column: {
          names: [
            'contact',
            'contactperson',
            'contactname',
            '联系人',
            '联系人姓名',
            '负责人',
            '对接人',
            '收件人',
            '收货人',
          ],
          patterns: [/联系人|负责人|对接人|收件人|收货人/, /contact/],
        },
      },
      phone: {
        widget: 'phone',
        autocomplete: 'tel',
        column: {
          names: ['phone', 'tel', 'telephone', 'mobile', '电话', '手机', '手机号', '联系电话', '联系方式'],
          patterns: [/电话|手机|联系方式/, /phone|mobile/],
        },
      },
      email: { widget: 'email', autocomplete: 'email' },
    },
  },
  /** an applicant is written to in the language of their form; a coordinator chooses it */
  language: { widget: 'choice', step: 'who', in: ['behalf'] },
  /** asked on the last page; a coordinator says how it was given */
  consent: { widget: 'own', step: 'check', in: ['submit', 'behalf'] },
} as const satisfies Fields<ApplicantInput>;
