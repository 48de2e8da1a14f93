import { Fen } from '../money.ts';
import { foldWritten, readNumber } from './number.ts';

/**
 * Fen from an amount in yuan as a person writes it: "3,000", "3000.5", "３０００", "1.2万元", "¥3,000", "三千元". Undefined when it is
 * no amount, or could be read in two ways: "3000,50", "3.000", "500-1000".
 */
export function readYuan(written: string): Fen | undefined {
  const text = foldWritten(written).replace(/^(¥|￥|rmb|cny|人民币) ?/i, '');
  // 1e5 is how programs write, not people
  const number = /\de/i.test(text) ? undefined : readNumber(text);
  if (!number || number.lower || !/^(元|圆|块|yuan|rmb|cny)?整?$/i.test(number.rest)) return undefined;
  const fen = Math.round(number.value * 1e6) / 1e4;
  return Fen.safeParse(fen).data;
}
