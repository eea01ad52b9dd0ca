// Days and times of the visitor's own clock, as the pages say theirs: of 24 hours, the day before its month.
const { lang } = document.documentElement;
const LANGUAGE = lang === "en" ? "en-GB" : lang;
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY = { day: "numeric", month: "long", year: "numeric" };

export const time = (moment, timeZone) => moment.toLocaleTimeString(LANGUAGE, { ...TIME, timeZone });
export const weekdayAndTime = (moment) => moment.toLocaleString(LANGUAGE, { weekday: "short", ...TIME });
export const dayAndTime = (moment) => moment.toLocaleString(LANGUAGE, { ...DAY, ...TIME });
