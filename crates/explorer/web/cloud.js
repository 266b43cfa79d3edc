// Words that differ where the page is served by a program that calls the real service, and sending through that program.

import { ask } from "./session.js";

const ENGLISH = {
  welcome: "Choose an operation. Its form is made from the API's description; while you type, it is checked by the same rules as the client's. Nothing is sent before you press Send. Then the program that serves this page signs the request with its keys and sends it; the keys never reach the page.",
  money: "This call costs money.",
  send: "Send",
  failed: "Not done: {why}",
  cors: "To run the same call elsewhere, copy it as curl, hwc or Rust.",
  sure: "{name} changes something at {where}. Send it?",
};

const CHINESE = {
  welcome: "请选择一个接口。表单由 API 描述生成，边输入边检查，规则与客户端相同。按下“发送”之前不会发送任何内容；之后由提供此页面的程序用其密钥签名并发送，密钥不会到达页面。",
  money: "此调用会产生费用。",
  send: "发送",
  failed: "未完成：{why}",
  cors: "要在别处执行同一调用，请复制为 curl、hwc 或 Rust。",
  sure: "{name} 将更改 {where} 上的资源，是否发送？",
};

/** The words of a language for this case. */
export function cloud(language) {
  return language === "zh" ? CHINESE : ENGLISH;
}

/** Has the program sign and send a request. Fails with the reason where there is no answer of the service. */
export async function forward(service, operation, request) {
  const received = await ask("/_explorer/send", {
    method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ service, operation: operation.id, ...request }),
  });
  if (received.headers.get("x-explorer-problem") === null) return received;
  const { message } = await received.json();
  throw new Error(message);
}
