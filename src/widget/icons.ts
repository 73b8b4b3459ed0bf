/** Drawings in lines on a field of 24 by 24. */
export const icons = {
  chat: 'M20 11.5a7.5 7.5 0 0 1-11 6.6L4 19.5l1.5-4.4A7.5 7.5 0 1 1 20 11.5ZM9 10.5h7M9 13.5h4',
  close: 'M6 6l12 12M18 6 6 18',
  again: 'M5 5v4.5h4.5M5.5 9.5a7 7 0 1 1-.4 4.5',
  copy: 'M9 9h10v10H9zM15 9V5H5v10h4',
  up: 'M7 11l4-7c1.5 0 2.5 1 2 3l-.7 3H18a2 2 0 0 1 2 2.3l-1 5.5a2 2 0 0 1-2 1.7H7m0-8.5v8.5H4V11z',
  down: 'M7 13l4 7c1.5 0 2.5-1 2-3l-.7-3H18a2 2 0 0 0 2-2.3l-1-5.5A2 2 0 0 0 17 4.5H7M7 13V4.5H4V13z',
  send: 'M12 19V5M6 11l6-6 6 6',
  stop: 'M7 7h10v10H7z',
} as const;
