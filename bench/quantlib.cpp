// quantlib.cpp: the peer: QuantLib's China inter-bank calendar, advance by working days. Prints one
// number a second.
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <ql/time/calendars/china.hpp>
#include <ql/time/date.hpp>
#include <ql/time/period.hpp>

int main()
{
    enum { TIMES = 200000 };
    QuantLib::China calendar(QuantLib::China::IB);
    QuantLib::Date first(4, QuantLib::January, 2016);
    std::uint32_t span = 2600, seed = 1;   // its data end with 2023
    long long sum = 0;
    std::clock_t from = std::clock();
    for (int i = 0; i < TIMES; i++) {
        seed = seed * 1664525u + 1013904223u;
        QuantLib::Date start = first + static_cast<int>(static_cast<std::uint64_t>(seed) * span >> 32);
        sum += calendar.advance(start, 1 + static_cast<int>(seed & 63), QuantLib::Days)
                   .serialNumber();
    }
    double took = static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC;
    std::fprintf(stderr, "checksum %lld\n", sum);
    std::printf("%.0f\n", TIMES / took);
}
