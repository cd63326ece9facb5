export { settingChange as PATCH, settingList as GET } from "@/lib/web/api/answers/settings";
