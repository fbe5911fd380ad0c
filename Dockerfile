# The page. The server's own build makes it where Node is there; the .NET image has none.
FROM node:22-slim AS page
WORKDIR /source
COPY src/Swarms.Hub.Client.Js/package.json src/Swarms.Hub.Client.Js/package-lock.json src/Swarms.Hub.Client.Js/
COPY src/Swarms.Hub.Web/package.json src/Swarms.Hub.Web/package-lock.json src/Swarms.Hub.Web/
RUN npm ci --ignore-scripts --include=dev --no-audit --no-fund --prefix src/Swarms.Hub.Web \
 && npm ci --ignore-scripts --include=dev --no-audit --no-fund --prefix src/Swarms.Hub.Client.Js
COPY src/Swarms.Hub.Client.Js/ src/Swarms.Hub.Client.Js/
COPY src/Swarms.Hub.Web/ src/Swarms.Hub.Web/
RUN npm run build --prefix src/Swarms.Hub.Web

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/BannedSymbols.txt src/Package.props src/
COPY src/Swarms.Hub.Protocol/Swarms.Hub.Protocol.csproj src/Swarms.Hub.Protocol/packages.lock.json src/Swarms.Hub.Protocol/
COPY src/Swarms.Hub/Swarms.Hub.csproj src/Swarms.Hub/packages.lock.json src/Swarms.Hub/WebPage.targets src/Swarms.Hub/
RUN dotnet restore --locked-mode src/Swarms.Hub
COPY src/Swarms.Hub.Protocol/ src/Swarms.Hub.Protocol/
COPY src/Swarms.Hub/ src/Swarms.Hub/
COPY --from=page /source/src/Swarms.Hub/wwwroot/ src/Swarms.Hub/wwwroot/
RUN dotnet publish src/Swarms.Hub --no-restore -c Release -p:BuildWebPage=false -p:UseAppHost=false -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
RUN mkdir /data && chown $APP_UID /data
ENV urls=http://+:8080 ASPNETCORE_HTTP_PORTS= Storage__Path=/data/swarms-hub.db
USER $APP_UID
VOLUME /data
EXPOSE 8080
# The image has no curl; its bash can ask, for much less than a second .NET process would cost.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["dotnet", "Swarms.Hub.dll"]
