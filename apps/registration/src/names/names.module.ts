import { Module } from '@nestjs/common';
import { ClientNames } from './client-names.js';
import { NamesController } from './names.controller.js';
import { NamesReader } from './names-reader.js';

@Module({
  controllers: [NamesController],
  providers: [NamesReader, ClientNames],
  exports: [NamesReader, ClientNames],
})
export class NamesModule {}
