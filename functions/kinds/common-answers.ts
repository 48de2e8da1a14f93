/** Answers of examples that every kind has. */
export const commonAnswers = {
  'changes-requested': { reason: '请补充收货人电话，并说明现有库存还能用几天。' },
  rejected: { reason: '不在本中心的服务范围内，请联系当地协调中心。' },
  resumed: { reason: '已经处理，可以继续。' },
};

/** Where examples are. */
export const examplePlace = { province: '江城省', city: '江城市', district: '东湖区' };
