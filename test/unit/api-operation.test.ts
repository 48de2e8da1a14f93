import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { areaList, operations } from '../../functions/api/areas.ts';
import type { Asking } from '../../functions/api/call.ts';
import { componentSchemas } from '../../functions/api/openapi/components.ts';
import { json, operation } from '../../functions/api/operation.ts';
import { areaList as consoleAreas } from '../../functions/console/areas.ts';

const Named = z.object({ name: z.string() });
const said = {
  access: 'token',
  action: 'see-offers',
  summary: 'One thing',
  answer: { description: 'It', schema: { Named } },
} as const;
const named = async () => ({ body: { name: 'x' } });
const Page = z.object({ page: z.string() });
const paged = async (call: Asking<typeof Page>) => ({ body: { name: call.asked().page } });

describe('an operation of the API', () => {
  it('is whole, or does not compile', () => {
    // @ts-expect-error what stands in the place of the path is not said
    operation({ ...said, method: 'get', path: '/things/{id}', handle: named });
    // @ts-expect-error what is sent is not said
    operation({ ...said, method: 'post', path: '/things', handle: named });
    // @ts-expect-error the schema of the answer has no number in it
    operation({ ...said, method: 'get', path: '/things', handle: async () => ({ body: { name: 1 } }) });
    // @ts-expect-error the handler asks for a query of which nothing is said
    operation({ ...said, method: 'get', path: '/things', handle: paged });
    // @ts-expect-error nothing of that name can be permitted
    operation({ ...said, action: 'see-everything', method: 'get', path: '/things', handle: named });
    const whole = operation({ ...said, method: 'get', path: '/things', query: Page, handle: paged });
    expect(whole).toMatchObject({ method: 'get', path: '/things', access: 'token', query: Page });
  });

  it('shares the name of a schema with another only if the schema is the same', () => {
    const one = operation({ ...said, method: 'get', path: '/one', handle: named });
    const other = { ...said, answer: { description: 'It', schema: { Named: z.object({ name: z.string() }) } } };
    const two = operation({ ...other, method: 'get', path: '/two', handle: named });
    const area = (...all: (typeof one)[]) => [{ about: '', operations: Object.fromEntries(all.entries()) }];
    expect(Object.keys(componentSchemas(area(one, one), {}))).toEqual(['Named']);
    expect(() => componentSchemas(area(one, two), {})).toThrow('two schemas are called Named');
  });

  it('tells the variants of a union apart by names that follow from it, and shares one that several unions have', () => {
    const [yes, no, maybe] = (['yes', 'no', 'not-yet'] as const).map((on) => z.object({ on: z.literal(on) }));
    if (!yes || !no || !maybe) throw new Error('three');
    const NeedAnswer = z.discriminatedUnion('on', [yes, no]);
    const GrantAnswer = z.discriminatedUnion('on', [maybe, no]);
    const request = json({ NeedAnswer, GrantAnswer }, () => ({}));
    const answer = operation({ ...said, method: 'post', path: '/answers', request, handle: named });
    const schemas = componentSchemas([{ about: '', operations: { answer } }], {});
    expect(Object.keys(schemas).sort()).toEqual(
      ['GrantAnswer', 'Named', 'NeedAnswer', 'NoAnswer', 'NotYetGrantAnswer', 'YesNeedAnswer'].sort(),
    );
    expect(schemas.NeedAnswer).toMatchObject({
      discriminator: {
        propertyName: 'on',
        mapping: { yes: '#/components/schemas/YesNeedAnswer', no: '#/components/schemas/NoAnswer' },
      },
    });
  });

  it('has an id that no other area has', () => {
    const ids = areaList.flatMap(([, area]) => Object.keys(area.operations));
    expect(ids.sort()).toEqual(Object.keys(operations).sort());
  });
});

describe('an area of the console', () => {
  it.each(consoleAreas.filter(([, { menu }]) => menu))(
    '%s: its entry in the menu leads to a page of its own',
    (_, area) => {
      const pages = (area.routes ?? []).filter(({ get }) => get).map(({ path }) => path);
      expect(pages).toContain(area.menu?.path);
    },
  );
});
