using System.Text.Json;

using HttpClient client = new();
client.DefaultRequestHeaders.Add("Metadata-Flavor", "Google");
using JsonDocument answer = JsonDocument.Parse(await client.GetStringAsync(new Uri(args[0])));
return answer.RootElement.GetProperty("access_token").GetString()!.Length > 0 ? 0 : 1;
